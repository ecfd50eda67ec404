import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { atlassianTheme } from './theme';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * One build for every surface. Forge serves it from a folder of its own with `script-src 'self'; style-src 'self'`, so
 * paths are relative and nothing is inlined.
 */
export default defineConfig({
  root,
  base: './',
  plugins: [react(), atlassianTheme(`${root}src`)],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
