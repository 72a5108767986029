import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the bridge of a developer listens. */
const bridgeAddress = 'http://127.0.0.1:8080';

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from the default export.
export default defineConfig({
  root: 'client',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Data URLs would need a wider content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': { target: bridgeAddress, changeOrigin: false },
      '/socket.io': { target: bridgeAddress, ws: true },
    },
  },
});
