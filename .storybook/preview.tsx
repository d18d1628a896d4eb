import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import '../packages/react/src/styles/styles.css';
import './preview.css';

// A story waits for parts that load later, for Python that starts, and for runs; how long that takes on a busy machine is
// not what it is about. No story has a shorter wait of its own.
configure({ asyncUtilTimeout: 90_000 });

const preview: Preview = {
  parameters: {
    layout: 'fullscreen',
    // A story fails its test when axe finds a violation in it.
    a11y: {
      test: 'error',
      // The head of a column in a Markdown table is up to whoever wrote the flow.
      config: { rules: [{ id: 'empty-table-header', enabled: false }] },
    },
    controls: { expanded: true },
  },
  globalTypes: {
    theme: {
      description: 'Theme of the editor',
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light' },
  decorators: [
    // The theme of the toolbar, unless the story is about a theme.
    (Story, { args, globals }) => <Story args={{ theme: globals.theme, ...args }} />,
  ],
};

export default preview;
