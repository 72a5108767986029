import { defineConfig } from 'vitest/config';

// Apart from vite.config.ts, whose root is the client alone. The end-to-end tests (e2e/) are Playwright's.
// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    restoreMocks: true,
    // A busy machine is no failure.
    testTimeout: 30_000,
    // Test files share one module graph per worker: no module keeps state, and loading them anew costs half of the time.
    isolate: false,
    // Vitest leaves one core free by default, which on two cores is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{bridge,shared,scripts}/**/*.test.{ts,mjs}'],
          exclude: ['**/*.{peer,kill}.test.ts'],
        },
      },
      {
        // Against software that this project did not write, with threads, sockets and processes of their own, in real time: slow.
        extends: true,
        test: {
          name: 'peer',
          environment: 'node',
          include: ['bridge/**/*.{peer,kill}.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'client',
          // Most know no page. A file that needs one begins with `// @vitest-environment happy-dom`, which costs a third of a second.
          environment: 'node',
          include: ['client/**/*.test.{ts,tsx}'],
          exclude: ['**/*.page.test.tsx'],
        },
      },
      {
        // Whole pages over a bridge that the test leads: too slow to be run as often as unit tests.
        extends: true,
        test: {
          name: 'pages',
          environment: 'happy-dom',
          include: ['client/**/*.page.test.tsx'],
        },
      },
    ],
  },
});
