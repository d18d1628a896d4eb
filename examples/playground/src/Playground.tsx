import { LoomEditor } from '@loom/react';
import { type ReactNode, useState } from 'react';
import { engine, library } from './engine.js';
import { exampleFlows } from './flows.js';
import { type Theme, useTheme } from './useTheme.js';

const [firstFlow] = exampleFlows;

/** The editor over the whole page, with a choice of flows above it. Each flow keeps its edits while the page is open. */
export function Playground(): ReactNode {
  const [flowId, setFlowId] = useState(() => idInAddress() ?? firstFlow.id);
  const [documents, setDocuments] = useState(() => new Map(exampleFlows.map(({ id, document }) => [id, document])));
  const [theme, setTheme] = useTheme();

  const open = (id: string) => {
    window.history.replaceState(null, '', `#${id}`);
    setFlowId(id);
  };

  return (
    <div className="playground" data-theme={theme}>
      <header className="playground-bar">
        <h1>Loom</h1>
        <label>
          Flow
          <select value={flowId} onChange={(event) => open(event.target.value)}>
            {exampleFlows.map(({ id, document }) => (
              <option key={id} value={id}>
                {document.title ?? id}
              </option>
            ))}
          </select>
        </label>
        <label>
          Theme
          <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
      </header>
      <main>
        <LoomEditor
          key={flowId}
          document={documents.get(flowId)}
          onChange={(document) => setDocuments((all) => new Map(all).set(flowId, document))}
          library={library}
          engine={engine}
          theme={theme}
        />
      </main>
    </div>
  );
}

function idInAddress(): string | undefined {
  const id = window.location.hash.slice(1);
  return exampleFlows.some((flow) => flow.id === id) ? id : undefined;
}
