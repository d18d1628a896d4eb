import path from 'node:path';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { pyodideAssets } from './packages/pyodide/src/vite.js';
import { browserDependencies } from './scripts/browser-dependencies.js';
import { chromiumLaunchOptions } from './scripts/chromium.js';
import { isolationHeaders } from './scripts/isolation.js';
import { sourceTextForVite } from './scripts/source-text.js';
import { root, sourceAliases } from './scripts/workspace.js';

const alias = sourceAliases();

/** How long a test waits for what must come: on a busy machine a second, as by default, is at times too short. */
const expectWithin = { poll: { timeout: 20_000 } };

/**
 * In CI, what drives a real browser gets a second attempt, so that one race of a busy machine does not throw a whole run
 * away; `scripts/flaky-reporter.ts` names such tests. Never for the others: the second seed of a property test would hide the first.
 */
const retry = process.env.CI ? 1 : 0;

/** What hangs is told all the same; a test of Python in workers takes a minute where four of them share two busy cores. */
const patience = { testTimeout: 180_000, hookTimeout: 180_000 };

/** Real Chromium, headless. A new object for each project, because plugins write into it. */
function chromium() {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({ launchOptions: chromiumLaunchOptions() }),
    instances: [{ browser: 'chromium' as const, viewport: { width: 1280, height: 800 } }],
  };
}

// Storybook would report each test run to its makers.
process.env.STORYBOOK_DISABLE_TELEMETRY ??= '1';

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
          exclude: ['test/e2e/**', '**/*.browser.test.*', '**/node_modules/**', '**/dist/**'],
          ...patience,
          expect: expectWithin,
        },
      },
      {
        plugins: [sourceTextForVite()],
        resolve: { alias },
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...patience, expect: expectWithin, retry },
      },
      {
        plugins: [sourceTextForVite(), pyodideAssets()],
        resolve: { alias },
        server: { headers: isolationHeaders },
        optimizeDeps: { include: await browserDependencies() },
        test: {
          name: 'browser',
          include: ['packages/*/src/**/*.browser.test.{ts,tsx}', 'test/**/*.browser.test.{ts,tsx}'],
          ...patience,
          expect: expectWithin,
          retry,
          browser: chromium(),
        },
      },
      {
        plugins: [storybookTest({ configDir: path.join(root, '.storybook') })],
        server: { headers: isolationHeaders },
        // Longer than a story waits for anything: what did not come is told by the wait itself.
        test: { name: 'storybook', ...patience, expect: expectWithin, retry, browser: chromium() },
      },
    ],
  },
});
