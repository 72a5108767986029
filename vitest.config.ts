import { defineConfig } from 'vitest/config';

// Apart from vite.config.ts, whose root is the client alone.
// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: ['{bridge,client,shared,scripts}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
