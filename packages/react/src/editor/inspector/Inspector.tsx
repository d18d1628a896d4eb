import type { ReactNode } from 'react';
import { focusFlow } from '../../commands/panel-focus.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { useEditor } from '../context.js';
import { EdgeInspector } from './EdgeInspector.js';
import { FlowSection } from './FlowSection.js';
import { FrameInspector } from './FrameInspector.js';
import { NodeInspector } from './NodeInspector.js';
import { SelectionInspector } from './SelectionInspector.js';

/** The panel on the right: everything about the selected node, or about the flow when none is. */
export function Inspector(): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const count = useLoom((state) => state.session.selection.nodes.size);
  const only = useLoom((state) => {
    const { nodes } = state.session.selection;
    return nodes.size === 1 ? nodes.values().next().value : undefined;
  });
  const wire = useLoom((state) => {
    const { nodes, edges } = state.session.selection;
    return nodes.size === 0 && edges.size === 1 ? edges.values().next().value : undefined;
  });
  const frame = useLoom((state) => {
    const { nodes, edges, frames } = state.session.selection;
    return nodes.size + edges.size === 0 && frames.size === 1 ? frames.values().next().value : undefined;
  });
  return (
    <aside
      className="loom-inspector"
      aria-label={messages.inspectorLabel}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) focusFlow(commands.context);
      }}
    >
      {only !== undefined ? (
        <NodeInspector key={only} id={only} />
      ) : count > 1 ? (
        <SelectionInspector count={count} />
      ) : wire !== undefined ? (
        <EdgeInspector key={wire} id={wire} />
      ) : frame !== undefined ? (
        <FrameInspector key={frame} id={frame} />
      ) : (
        <FlowSection />
      )}
    </aside>
  );
}
