import type { ReactNode } from 'react';
import { focusFlow } from '../../commands/panel-focus.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { lazyPart } from '../../parts/lazy-part.js';
import { useEditor } from '../context.js';
import { FlowSection } from './FlowSection.js';

const NodeInspector = lazyPart(() => import('./NodeInspector.js').then((module) => module.NodeInspector));
const EdgeInspector = lazyPart(() => import('./EdgeInspector.js').then((module) => module.EdgeInspector));

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
        <p className="loom-empty-text">{messages.inspectMany(count)}</p>
      ) : wire !== undefined ? (
        <EdgeInspector key={wire} id={wire} />
      ) : (
        <FlowSection />
      )}
    </aside>
  );
}
