import { type ReactNode, useMemo } from 'react';
import { useEditor } from '../../editor/context.js';
import { HANDLE_SIZE, nodeGeometry } from '../../layout/node-geometry.js';
import { RAIL_WIDTH, zoneGeometry } from '../../layout/zone-geometry.js';
import { isContainer } from '../../zones/containment.js';
import { NodeMarks } from './NodeMarks.js';
import { NodePreview } from './NodePreview.js';
import { NodeStatus } from './NodeStatus.js';
import type { NodeModel } from './node-model.js';

/** A port that faces the body stands in from the other side, measured to the middle of what one grips. */
const INNER_INSET = RAIL_WIDTH - HANDLE_SIZE;

/** What can still be told apart from far away: the name, the state, and a picture. */
export function FarNode({ model }: { readonly model: NodeModel }): ReactNode {
  const { id, title } = model;
  return (
    <>
      <header className="loom-node-header">
        <h3 className="loom-node-title">{title}</h3>
        <NodeMarks id={id} settings={model.node.settings} />
        <NodeStatus model={model} />
      </header>
      <div className="loom-node-far" />
      <NodePreview model={model} />
      <FarPorts model={model} />
    </>
  );
}

/**
 * The places where wires end. The canvas library finds and measures them on the page by these classes and attributes; its
 * own component would subscribe each of thousands to every change. A wire can end here; to begin one, come nearer.
 */
function FarPorts({ model }: { readonly model: NodeModel }): ReactNode {
  const editor = useEditor();
  const { handles } = useMemo(() => {
    const measures = {
      inputs: model.inputs,
      outputs: model.outputs,
      connected: model.connectedInputs,
      size: model.node.size,
      collapsed: model.node.view?.collapsed === true,
      previewHeight: 0,
    };
    return isContainer(model.node)
      ? zoneGeometry({ ...measures, content: undefined })
      : nodeGeometry({ ...measures, title: model.title });
  }, [model]);
  return handles.map(({ id, side, y, inner }) => {
    const position = side === 'source' ? 'right' : 'left';
    return (
      <span
        key={`${side} ${id}`}
        className={`react-flow__handle react-flow__handle-${position} loom-far-port ${side} connectable connectableend`}
        data-handleid={id}
        data-nodeid={model.id}
        data-handlepos={position}
        data-id={`${editor.id}-${model.id}-${id}-${side}`}
        style={inner ? { top: y, [side === 'source' ? 'left' : 'right']: INNER_INSET, [position]: 'auto' } : { top: y }}
      />
    );
  });
}
