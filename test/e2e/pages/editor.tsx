import '../../../packages/react/src/styles/styles.css';
import { builtinShelf } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { LoomEditor, type LoomHandle } from '@loom/react';
import { createRoot } from 'react-dom/client';

const library = createLibrary({ shelves: [builtinShelf], readers: { python: readPythonType } });
const text = 'loom/value-text';
const flow: FlowDocument = {
  ...emptyDocument,
  nodes: {
    first: { type: text, label: 'First', position: { x: 0, y: 0 }, inputs: { value: 'one' } },
    second: { type: text, label: 'Second', position: { x: 0, y: 200 }, inputs: { value: 'two' } },
    all: { type: 'loom/merge', label: 'All', position: { x: 400, y: 80 } },
  },
  edges: {
    a: { source: 'first', sourcePort: 'value', target: 'all', targetPort: 'values' },
    b: { source: 'second', sourcePort: 'value', target: 'all', targetPort: 'values' },
  },
};

const place = document.body.appendChild(document.createElement('div'));
place.style.cssText = 'position: fixed; inset: 0';
createRoot(place).render(
  <LoomEditor
    ref={(handle) => {
      if (handle !== null) Object.assign(window, { loom: handle });
    }}
    defaultDocument={location.hash === '#empty' ? emptyDocument : flow}
    library={library}
  />,
);

declare global {
  interface Window {
    readonly loom: LoomHandle;
  }
}
