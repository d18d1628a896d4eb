import '@loom/react/styles.css';
import './playground.css';
import { readFlowLink } from '@loom/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { engine, library } from './engine.js';
import { Playground, type PlaygroundProps } from './Playground.js';

// Python starts while the page is being looked at. A failure shows in the editor's status, and again at the first run.
engine.warmUp().catch(() => undefined);

async function readAddress(): Promise<PlaygroundProps> {
  try {
    return { linked: (await readFlowLink(window.location.hash, { library }))?.document, problem: undefined };
  } catch (error) {
    return { linked: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

const root = document.getElementById('root');
if (root) {
  const page = createRoot(root);
  readAddress().then((props) => {
    page.render(
      <StrictMode>
        <Playground {...props} />
      </StrictMode>,
    );
  });
}
