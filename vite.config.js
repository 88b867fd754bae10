import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: built once, served by every host under the same strict content security policy. */
export default defineConfig({
  root: 'renderer',
  // The host replaces this by the nonce of the launch (electron/services/security-headers.ts).
  html: { cspNonce: '__REMNANT_NONCE__' },
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2022',
    // The policy allows no data: scripts, fonts or WebAssembly.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
  },
});
