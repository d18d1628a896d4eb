import { wireType } from '@loom/graph';
import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { inputRowHeight, ROW_HEIGHT } from '../layout/node-geometry.js';
import { useMessages } from '../messages/messages.js';
import { categoryHue } from './category-hue.js';
import { FarNode } from './FarNode.js';
import { InputRow } from './InputRow.js';
import { NodeErrorLine } from './NodeErrorLine.js';
import { NodeHeader } from './NodeHeader.js';
import { NodePreview } from './NodePreview.js';
import { NodeResize } from './NodeResize.js';
import type { NodeModel } from './node-model.js';
import { PortHandle } from './PortHandle.js';
import { useFar } from './useFar.js';
import { useNodeModel } from './useNodeModel.js';

/**
 * A node as the canvas draws it. It takes only its id from the canvas library: the rest comes from the store, so that it
 * renders when something of its own changes and not when it is dragged.
 */
export const NodeView = memo(
  function NodeView({ id, selected }: NodeProps): ReactNode {
    const model = useNodeModel(id);
    const far = useFar();
    if (model === undefined) return null;
    const { node, type } = model;
    const collapsed = node.view?.collapsed === true;
    const style = {
      '--loom-node-hue': node.view?.color ?? categoryHue(type?.category),
    } as CSSProperties;
    return (
      <article
        className="loom-node"
        style={style}
        data-selected={selected}
        data-missing={type === undefined || type.implementation.kind === 'missing'}
        data-collapsed={collapsed}
        data-mode={node.settings?.mode ?? 'normal'}
      >
        {far ? <FarNode model={model} /> : <NearNode model={model} selected={selected} />}
      </article>
    );
  },
  (before, after) => before.id === after.id && before.selected === after.selected,
);

interface ContentProps {
  readonly model: NodeModel;
}

function NearNode({ model, selected }: ContentProps & { readonly selected: boolean }): ReactNode {
  const readOnly = useLoom((state) => state.flow.readOnly);
  const messages = useMessages();
  const { id, node, type, inputs, outputs } = model;
  const collapsed = node.view?.collapsed === true;
  return (
    <>
      <NodeHeader model={model} readOnly={readOnly} />
      {type === undefined && !collapsed ? <p className="loom-hidden">{messages.nodeMissingHelp(node.type)}</p> : null}
      <div className="loom-node-rows">
        {outputs.map((port) => (
          <div
            key={port.id}
            className="loom-row loom-row-output"
            data-gone={model.goneOutputs.has(port.id)}
            style={{ height: collapsed ? 0 : ROW_HEIGHT }}
          >
            <PortHandle
              node={id}
              port={port}
              type={port.type}
              side="source"
              gone={model.goneOutputs.has(port.id)}
              connected={model.connectedOutputs.has(port.id)}
              connectable={!readOnly}
            />
            <span className="loom-row-label">{port.title}</span>
          </div>
        ))}
        {inputs.map((port) => {
          const connected = model.connectedInputs.has(port.id);
          return (
            <div
              key={port.id}
              className="loom-row loom-row-input"
              data-gone={model.goneInputs.has(port.id)}
              style={{ height: collapsed ? 0 : inputRowHeight(port, connected) }}
            >
              <PortHandle
                node={id}
                port={port}
                type={wireType(port)}
                side="target"
                gone={model.goneInputs.has(port.id)}
                connected={connected}
                connectable={!readOnly}
              />
              {collapsed ? null : <InputRow id={id} port={port} connected={connected} readOnly={readOnly} />}
            </div>
          );
        })}
      </div>
      {collapsed ? null : <NodePreview model={model} />}
      <NodeErrorLine id={id} />
      {selected && !readOnly && !collapsed ? <NodeResize id={id} /> : null}
    </>
  );
}
