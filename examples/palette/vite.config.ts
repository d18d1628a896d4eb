import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The editor is one page; there is nothing to split off.
  build: { chunkSizeWarningLimit: 2000 },
});
