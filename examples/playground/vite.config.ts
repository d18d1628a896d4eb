import { pyodideAssets } from '@loom/pyodide/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { exampleData } from './example-data.js';

// With these two headers the page may share memory with its worker, so that running Python can be interrupted in place.
// Everything works without them too: Python that does not yield is then stopped by restarting its worker.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  plugins: [react(), pyodideAssets(), exampleData()],
  // The editor and its flows are one page; there is nothing to split off.
  build: { chunkSizeWarningLimit: 2000 },
  server: { headers },
  preview: { headers },
});
