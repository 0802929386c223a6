import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,reference,examples,webview}/**/*.test.ts'],
    globalSetup: ['test/support/built.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
