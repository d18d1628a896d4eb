import type { FlowDocument } from '@loom/graph';
import { createIndexedDbStorage, LoomEditor } from '@loom/react';
import { LoomApp } from '@loom/react/app';
import { type ReactNode, useState } from 'react';
import { codeTools } from './code-tools.js';
import { engine, library } from './engine.js';
import { type ExampleFlow, exampleFlows, patternFlows } from './flows.js';
import { type Theme, useTheme } from './useTheme.js';

const [firstFlow] = exampleFlows;
/** The id of a flow that came by a link. */
const LINKED = 'link';
const drafts = createIndexedDbStorage({ name: 'loom-playground' });

/** Props of {@link Playground}. */
export interface PlaygroundProps {
  /** What the address of the page holds: opened, never run. */
  readonly linked: FlowDocument | undefined;
  /** Why that could not be read. */
  readonly problem: string | undefined;
}

/**
 * The editor over the whole page, with a choice of flows above it. Each flow keeps its edits while the page is open, and
 * offers them after a reload. The same flow can be seen as an app: a form and its results.
 */
export function Playground({ linked, problem }: PlaygroundProps): ReactNode {
  const [flowId, setFlowId] = useState(() => (linked === undefined ? (idInAddress() ?? firstFlow.id) : LINKED));
  const [documents, setDocuments] = useState(() => startDocuments(linked));
  const [face, setFace] = useState<'editor' | 'app'>('editor');
  const [theme, setTheme] = useTheme();
  const document = documents.get(flowId) ?? firstFlow.document;

  const open = (id: string) => {
    window.history.replaceState(null, '', `#${id}`);
    setFlowId(id);
  };

  return (
    <div className="playground" data-theme={theme}>
      <header className="playground-bar">
        <h1>Loom</h1>
        {problem === undefined ? null : <p role="alert">The link could not be opened: {problem}</p>}
        <label>
          Flow
          <select value={flowId} onChange={(event) => open(event.target.value)}>
            {linked === undefined ? null : <option value={LINKED}>{linked.title ?? 'From the link'}</option>}
            <Choices label="Examples" flows={exampleFlows} />
            <Choices label="Patterns" flows={patternFlows} />
          </select>
        </label>
        <label>
          Show as
          <select value={face} onChange={(event) => setFace(event.target.value as typeof face)}>
            <option value="editor">Editor</option>
            <option value="app">App</option>
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
        {face === 'app' ? (
          <LoomApp key={flowId} document={document} engine={engine} theme={theme} />
        ) : (
          <LoomEditor
            key={flowId}
            document={document}
            onChange={(changed) => setDocuments((all) => new Map(all).set(flowId, changed))}
            library={library}
            engine={engine}
            theme={theme}
            codeTools={codeTools}
            storage={{ adapter: drafts, key: flowId }}
            shareUrl={window.location.href}
          />
        )}
      </main>
    </div>
  );
}

function Choices({ label, flows }: { readonly label: string; readonly flows: readonly ExampleFlow[] }): ReactNode {
  return (
    <optgroup label={label}>
      {flows.map(({ id, document }) => (
        <option key={id} value={id}>
          {document.title ?? id}
        </option>
      ))}
    </optgroup>
  );
}

const allFlows: readonly ExampleFlow[] = [...exampleFlows, ...patternFlows];

function startDocuments(linked: FlowDocument | undefined): ReadonlyMap<string, FlowDocument> {
  const documents = new Map(allFlows.map(({ id, document }) => [id, document]));
  return linked === undefined ? documents : documents.set(LINKED, linked);
}

function idInAddress(): string | undefined {
  const id = window.location.hash.slice(1);
  return allFlows.some((flow) => flow.id === id) ? id : undefined;
}
