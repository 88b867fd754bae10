import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/fresh-kernels.ts'],
    // Limits catch what hangs; a machine may be many times slower than the one this was written on.
    testTimeout: 240_000,
    hookTimeout: 480_000,
    expect: { poll: { timeout: 60_000 } },
    // Browsers and referees are heavy: two workers are as many as a small machine bears.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
