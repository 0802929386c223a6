import { defineConfig } from 'vitest/config';

const isolated = 'test/**/*.isolated.test.ts';

/**
 * Files share their thread's modules, as the product's threads do: to read them anew for each file takes half as long as all tests. Those that
 * replace modules, or need a process that nobody has used, are named `*.isolated.test.ts`.
 */
export default defineConfig({
  test: {
    globalSetup: ['test/support/built.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/{unit,reference,examples,webview}/**/*.test.ts'],
          exclude: [isolated],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: [isolated] } },
    ],
  },
});
