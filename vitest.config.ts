import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

// `WxtVitest` brings the aliases and a fake browser, but not the Vue plugin of the WXT module.
const inNode = { plugins: [await WxtVitest(), vue()] };

export default defineConfig({
  test: {
    projects: [
      {
        ...inNode,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/component/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        ...inNode,
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        ...inNode,
        test: { name: 'vault', include: ['test/vault/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          globalSetup: ['test/e2e/build.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
