import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/fresh-kernels.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Browsers and referees are heavy: two workers are as many as a small machine bears.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
