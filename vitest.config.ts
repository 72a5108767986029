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
    // What was transformed once is kept in node_modules, by its content: transforming is a sixth of the work. `vitest --clearCache` empties it.
    experimental: { fsModuleCache: true },
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
          // These know no page: what needs one is a `*.dom.test.ts`, since a file with an environment of its own gets a worker of its own.
          environment: 'node',
          include: ['client/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{page,dom}.test.{ts,tsx}'],
        },
      },
      {
        // Whole pages over a bridge that the test leads (`*.page.test.tsx`) are too slow to be run as often as unit tests. With them is
        // what only needs a page (`*.dom.test.ts`), whose modules they load anyway.
        extends: true,
        test: {
          name: 'pages',
          environment: 'happy-dom',
          include: ['client/**/*.{page,dom}.test.{ts,tsx}'],
        },
      },
    ],
  },
});
