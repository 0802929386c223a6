import { defineConfig } from 'vitest/config';

/** A real VS Code, one at a time: two of them on two cores would only measure each other. */
export default defineConfig({
  test: {
    include: ['test/vscode/**/*.test.ts'],
    globalSetup: ['test/vscode/support/set-up.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // What one user does follows what he did before.
    sequence: { concurrent: false },
    bail: 0,
  },
});
