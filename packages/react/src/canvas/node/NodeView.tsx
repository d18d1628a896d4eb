import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { CustomNodeView } from '../../node-views/CustomNodeView.js';
import { FrameChoice } from '../../zones/FrameChoice.js';
import { ZoneContent } from '../../zones/ZoneContent.js';
import { useFar } from '../useFar.js';
import { categoryHue } from './category-hue.js';
import { FarNode } from './FarNode.js';
import { NodeErrorLine } from './NodeErrorLine.js';
import { NodeHeader } from './NodeHeader.js';
import { NodePreview } from './NodePreview.js';
import { NodeResize } from './NodeResize.js';
import type { NodeModel } from './node-model.js';
import { InputPortRow, OutputPortRow } from './PortRows.js';
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
    const zone = node.settings?.zone;
    const style = {
      '--loom-node-hue': node.view?.color ?? categoryHue(type?.category),
    } as CSSProperties;
    return (
      <article
        className={zone === undefined ? 'loom-node' : 'loom-node loom-zone'}
        data-zone={zone?.kind}
        style={style}
        data-selected={selected}
        data-missing={type === undefined || type.implementation.kind === 'missing'}
        data-collapsed={collapsed}
        data-covered={model.view?.place === 'covers' || undefined}
        data-mode={node.settings?.mode ?? 'normal'}
      >
        {far ? (
          <FarNode model={model} />
        ) : zone === undefined ? (
          <NearNode model={model} selected={selected} />
        ) : (
          <ZoneContent model={model} selected={selected} />
        )}
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
      <NodeHeader model={model} readOnly={readOnly}>
        {type?.implementation.kind === 'subgraph' ? null : <FrameChoice zone={id} />}
      </NodeHeader>
      {type === undefined && !collapsed ? <p className="loom-hidden">{messages.nodeMissingHelp(node.type)}</p> : null}
      <div className="loom-node-rows">
        {outputs.map((port) => (
          <OutputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />
        ))}
        {inputs.map((port) => (
          <InputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />
        ))}
      </div>
      {collapsed ? null : model.view === undefined ? (
        <NodePreview model={model} />
      ) : (
        <CustomNodeView model={model} selected={selected} view={model.view} />
      )}
      <NodeErrorLine id={id} />
      {selected && !readOnly && !collapsed ? <NodeResize id={id} /> : null}
    </>
  );
}
