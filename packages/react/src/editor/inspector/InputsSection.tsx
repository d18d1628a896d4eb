import { describePortType, graphIndex, type InputPort, type NodeId } from '@loom/graph';
import { type ReactNode, useCallback } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { portAt } from '../../ports/port-at.js';
import { nodeTitle } from '../../store/loom-store.js';
import type { LoomState } from '../../store/state.js';
import { PromoteButton } from '../../subgraph/PromoteButton.js';
import { ConnectButton } from '../../wires/ConnectButton.js';
import { WireOrder } from '../../wires/WireOrder.js';
import { useEditor } from '../context.js';
import { InputWidget } from '../InputWidget.js';

/** Every input with its type, its help, and its value or the wire that brings it. */
export function InputsSection({
  model,
  readOnly,
}: {
  readonly model: NodeModel;
  readonly readOnly: boolean;
}): ReactNode {
  const messages = useMessages();
  if (model.inputs.length === 0) return null;
  return (
    <section className="loom-inspector-section">
      <h3>{messages.sectionInputs}</h3>
      {model.inputs.map((port) => (
        <InputField key={port.id} id={model.id} port={port} gone={model.goneInputs.has(port.id)} readOnly={readOnly} />
      ))}
    </section>
  );
}

interface InputFieldProps {
  readonly id: NodeId;
  readonly port: InputPort;
  readonly gone: boolean;
  readonly readOnly: boolean;
}

function InputField({ id, port, gone, readOnly }: InputFieldProps): ReactNode {
  const { store, models, id: editorId } = useEditor();
  const messages = useMessages();
  const source = useLoom(
    useCallback(
      (state: LoomState) => {
        const { document } = state.flow;
        const [first] = graphIndex(document).incomingTo(id, port.id);
        return first === undefined ? undefined : document.edges[first];
      },
      [id, port.id],
    ),
  );
  const sourceTitle = useLoom((state) => (source === undefined ? '' : nodeTitle(state.flow, source.source)));
  const sourcePort = useLoom(({ flow }) => {
    if (source === undefined) return '';
    const place = { node: source.source, port: source.sourcePort, side: 'source' } as const;
    return portAt(models(flow), place)?.title ?? source.sourcePort;
  });
  return (
    <div className="loom-port-field" data-port={port.id}>
      <div className="loom-port-field-head">
        <label htmlFor={source === undefined ? `${editorId}-panel-${id}-${port.id}` : undefined}>
          {port.title}
          {port.required ? (
            <span className="loom-row-needed" title={messages.nodeRequired}>
              {' *'}
            </span>
          ) : null}
        </label>
        <code>{describePortType(port.type)}</code>
        <ConnectButton from={{ node: id, port: port.id, side: 'target' }} title={port.title} readOnly={readOnly} />
        <PromoteButton side="inputs" node={id} port={port.id} title={port.title} readOnly={readOnly} />
      </div>
      {source === undefined ? (
        <InputWidget id={id} port={port} readOnly={readOnly} place="panel" />
      ) : port.multiple === true ? (
        <WireOrder node={id} port={port} readOnly={readOnly} />
      ) : (
        <button type="button" className="loom-link" onClick={() => store.select({ nodes: [source.source] })}>
          {messages.inputConnected(sourceTitle, sourcePort)}
        </button>
      )}
      {gone ? <p className="loom-port-help">{messages.portGone(port.title)}</p> : null}
      {port.help === undefined ? null : <p className="loom-port-help">{port.help}</p>}
    </div>
  );
}
