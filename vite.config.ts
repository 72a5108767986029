import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** Where the bridge of a developer listens. */
const bridgeAddress = 'http://127.0.0.1:8080';

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from the default export.
export default defineConfig({
  root: 'client',
  plugins: [react()],
  define: { __CLIENT_VERSION__: JSON.stringify(version) },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Data URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    // The first that have light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    proxy: {
      '/api': { target: bridgeAddress, changeOrigin: false },
      '/manifest.webmanifest': { target: bridgeAddress, changeOrigin: false },
      '/socket.io': { target: bridgeAddress, ws: true },
    },
  },
});
