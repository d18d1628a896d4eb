import { describePortType, type PortId } from '@loom/graph';
import { Eye } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { firstOutput } from '../../canvas/node/shown-output.js';
import { useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { LazyPreview } from '../../previews/lazy-preview.js';
import { useLoadMore } from '../../previews/useLoadMore.js';
import { useLoadValue } from '../../previews/useLoadValue.js';
import { PromoteButton } from '../../subgraph/PromoteButton.js';
import { ConnectButton } from '../../wires/ConnectButton.js';
import { useEditor } from '../context.js';

/** The outputs, and the whole value of one of them. */
export function OutputsSection({
  model,
  readOnly,
}: {
  readonly model: NodeModel;
  readonly readOnly: boolean;
}): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const run = useShownRun(model.id);
  const [chosen, setChosen] = useState<PortId>();
  const { node } = model;
  const outputs = model.outputs.filter(({ id, inner }) => inner !== true && !model.goneOutputs.has(id));
  if (outputs.length === 0) return null;
  const port = outputs.find(({ id }) => id === chosen) ?? outputs[0];
  const onNode = node.view?.previewPort ?? firstOutput(model);
  return (
    <section className="loom-inspector-section">
      <h3>{messages.sectionOutputs}</h3>
      <ul className="loom-output-list">
        {outputs.map((output) => {
          const summary = run?.outputs?.[output.id];
          return (
            <li key={output.id} data-shown={output === port}>
              <button
                type="button"
                className="loom-output-choice"
                aria-pressed={output === port}
                title={output.help}
                onClick={() => setChosen(output.id)}
              >
                <span>{output.title}</span>
                <code>
                  {summary === undefined
                    ? describePortType(output.type)
                    : [summary.typeName, summary.shape].filter(Boolean).join(' · ')}
                </code>
              </button>
              <ConnectButton
                from={{ node: model.id, port: output.id, side: 'source' }}
                title={output.title}
                readOnly={readOnly}
              />
              <PromoteButton side="outputs" node={model.id} port={output.id} title={output.title} readOnly={readOnly} />
              {outputs.length > 1 ? (
                <button
                  type="button"
                  className="loom-icon-button"
                  aria-label={messages.outputOnNode}
                  title={messages.outputOnNode}
                  aria-pressed={output.id === onNode}
                  disabled={readOnly}
                  onClick={() =>
                    store.dispatch(
                      [
                        {
                          kind: 'update-node',
                          id: model.id,
                          changes: { view: { ...node.view, previewPort: output.id } },
                        },
                      ],
                      { label: messages.changeView },
                    )
                  }
                >
                  <Eye size={13} aria-hidden="true" />
                </button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {port === undefined ? null : <OutputValue key={port.id} model={model} port={port.id} />}
    </section>
  );
}

function OutputValue({ model, port }: { readonly model: NodeModel; readonly port: PortId }): ReactNode {
  const { previews } = useEditor();
  const messages = useMessages();
  const run = useShownRun(model.id);
  const summary = run?.outputs?.[port];
  const lost = run?.valuesLost === true;
  const loadMore = useLoadMore(summary?.ref);
  const loadValue = useLoadValue(summary?.ref);
  if (summary === undefined) return <p className="loom-empty-text">{messages.outputNone}</p>;
  return (
    <>
      {lost ? <p className="loom-port-help">{messages.outputGone}</p> : null}
      <div className="loom-output-value">
        <LazyPreview
          // Another value starts at its own beginning.
          key={`${summary.ref.executor}:${summary.ref.handle}`}
          preview={summary.preview}
          size="panel"
          loadMore={lost ? undefined : loadMore}
          loadValue={lost ? undefined : loadValue}
          renderers={previews}
        />
      </div>
    </>
  );
}
