import '@loom/react/styles.css';
import './playground.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { engine } from './engine.js';
import { Playground } from './Playground.js';

// Python starts while the page is being looked at. A failure shows in the editor's status, and again at the first run.
engine.warmUp().catch(() => undefined);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Playground />
    </StrictMode>,
  );
}
