import type { ReactNode } from 'react';
import type { NodeModel } from '../canvas/node/node-model.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { RendererBoundary } from '../previews/RendererBoundary.js';
import type { NodeViewDefinition } from './node-views.js';

/** Props of {@link CustomNodeView}. */
export interface CustomNodeViewProps {
  readonly model: NodeModel;
  readonly selected: boolean;
  readonly view: Required<NodeViewDefinition>;
}

/** The view of an app on a node. One that throws says so in its place; another change of the node gives it another chance. */
export function CustomNodeView({ model, selected, view }: CustomNodeViewProps): ReactNode {
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const { component: View, place } = view;
  const { id, node, type, title, inputs, outputs } = model;
  return (
    <div className="loom-node-view nowheel nodrag nopan" data-place={place}>
      <RendererBoundary
        subject={model}
        fallback={(reason) => <p className="loom-node-view-failed">{messages.nodeViewFailed(reason)}</p>}
      >
        <View {...{ id, node, type, title, inputs, outputs, selected, readOnly }} />
      </RendererBoundary>
    </div>
  );
}
