import type { ReactNode } from 'react';
import { NodeErrorLine } from '../canvas/node/NodeErrorLine.js';
import { NodeHeader } from '../canvas/node/NodeHeader.js';
import { NodePreview } from '../canvas/node/NodePreview.js';
import { NodeResize } from '../canvas/node/NodeResize.js';
import type { NodeModel } from '../canvas/node/node-model.js';
import { InputPortRow, OutputPortRow } from '../canvas/node/PortRows.js';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { HEADER_HEIGHT } from '../layout/node-geometry.js';
import { FOLDED_BODY_PORT, RAIL_WIDTH, zoneHeadHeight } from '../layout/zone-geometry.js';
import { FrameChoice } from './FrameChoice.js';

/**
 * A zone or a group as a container: outer ports at the sides of its head, inner ones at the sides of its body. The body
 * itself is open: what lies in it is drawn above, and clicks there reach the pane.
 */
export function ZoneContent({ model, selected }: { readonly model: NodeModel; readonly selected: boolean }): ReactNode {
  const readOnly = useLoom((state) => state.flow.readOnly);
  const isTarget = useLoom((state) => state.session.dropInto === model.id);
  const { id, node, inputs, outputs } = model;
  if (node.view?.collapsed === true) return <FoldedZone model={model} readOnly={readOnly} />;
  const rows = zoneHeadHeight({ inputs, outputs, connected: model.connectedInputs }) - HEADER_HEIGHT;
  return (
    <>
      <NodeHeader model={model} readOnly={readOnly}>
        <FrameChoice zone={id} />
      </NodeHeader>
      {rows === 0 ? null : (
        <div className="loom-zone-head" style={{ height: rows }}>
          <div className="loom-zone-inputs">
            {inputs.map((port) =>
              port.inner === true ? null : <InputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />,
            )}
          </div>
          <div className="loom-zone-outputs">
            {outputs.map((port) =>
              port.inner === true ? null : (
                <OutputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />
              ),
            )}
          </div>
        </div>
      )}
      <div className="loom-zone-body" data-drop={isTarget}>
        <div className="loom-zone-rail" data-side="in" style={{ width: RAIL_WIDTH }}>
          {outputs.map((port) =>
            port.inner === true ? <OutputPortRow key={port.id} model={model} port={port} readOnly={readOnly} /> : null,
          )}
        </div>
        <div className="loom-zone-rail" data-side="out" style={{ width: RAIL_WIDTH }}>
          {inputs.map((port) =>
            port.inner === true ? <InputPortRow key={port.id} model={model} port={port} readOnly={readOnly} /> : null,
          )}
        </div>
      </div>
      <NodePreview model={model} />
      <NodeErrorLine id={id} />
      {selected && !readOnly ? <NodeResize id={id} /> : null}
    </>
  );
}

function FoldedZone({ model, readOnly }: { readonly model: NodeModel; readonly readOnly: boolean }): ReactNode {
  const editor = useEditor();
  return (
    <>
      <NodeHeader model={model} readOnly={readOnly}>
        <FrameChoice zone={model.id} />
      </NodeHeader>
      <div className="loom-node-rows">
        {model.outputs.map((port) => (
          <OutputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />
        ))}
        {model.inputs.map((port) => (
          <InputPortRow key={port.id} model={model} port={port} readOnly={readOnly} />
        ))}
        {/* Wires into what is hidden end here. It takes none itself. */}
        <span
          className="react-flow__handle react-flow__handle-left loom-far-port target"
          data-handleid={FOLDED_BODY_PORT}
          data-nodeid={model.id}
          data-handlepos="left"
          data-id={`${editor.id}-${model.id}-${FOLDED_BODY_PORT}-target`}
          style={{ top: HEADER_HEIGHT / 2, pointerEvents: 'none' }}
        />
      </div>
      <NodeErrorLine id={model.id} />
    </>
  );
}
