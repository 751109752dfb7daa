import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/count-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/gate/**/*.test.ts'],
          globalSetup: ['test/temporary-directory.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
      { test: { name: 'scenarios', include: ['test/scenarios/**/*.test.ts'], pool: 'threads', isolate: false } },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts', 'test/chaos/**/*.test.ts', 'test/browser/**/*.test.ts'],
          globalSetup: ['test/real/programs.ts'],
          pool: 'forks',
          // Two cores carry one API server under load. Side by side, suites mostly wait for each other, and find what load brings out.
          maxWorkers: Number(process.env['ACCORD_SUITES'] ?? 1),
          // After all else: groups of one order would have to have as many workers.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
