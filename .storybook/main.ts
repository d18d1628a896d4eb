import type { StorybookConfig } from '@storybook/react-vite';
import { mergeConfig } from 'vite';
import { exampleData } from '../examples/playground/example-data.js';
import { pyodideAssets } from '../packages/pyodide/src/vite.js';
import { browserDependencies } from '../scripts/browser-dependencies.js';
import { sourceTextForVite } from '../scripts/source-text.js';
import { sourceAliases } from '../scripts/workspace.js';

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: {
    crossOriginIsolated: true,
    disableTelemetry: true,
    disableWhatsNewNotifications: true,
    enableCrashReports: false,
  },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: async (vite) =>
    mergeConfig(vite, {
      plugins: [sourceTextForVite(), pyodideAssets(), exampleData()],
      resolve: { alias: sourceAliases() },
      worker: { format: 'es' },
      optimizeDeps: { include: await browserDependencies() },
    }),
};

export default config;
