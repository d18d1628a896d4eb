import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { pyodideAssets } from './packages/pyodide/src/vite.js';
import { chromiumLaunchOptions } from './scripts/chromium.js';
import { isolationHeaders } from './scripts/isolation.js';
import { sourceTextForVite } from './scripts/source-text.js';
import { sourceAliases } from './scripts/workspace.js';

const alias = sourceAliases();
const launchOptions = chromiumLaunchOptions();

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [sourceTextForVite()],
        resolve: { alias },
        test: {
          name: 'node',
          environment: 'node',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/src/**/*.test.tsx', 'test/**/*.test.ts'],
          exclude: ['**/*.browser.test.*', '**/node_modules/**', '**/dist/**'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [sourceTextForVite(), pyodideAssets()],
        resolve: { alias },
        server: { headers: isolationHeaders },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.{ts,tsx}', 'test/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
          },
        },
      },
    ],
  },
});
