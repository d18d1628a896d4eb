import { ChevronDown, ChevronRight, Play, Workflow } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { runNodes } from '../../commands/run-commands.js';
import { useEditor } from '../../editor/context.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { NodeMarks } from './NodeMarks.js';
import { NodeStatus } from './NodeStatus.js';
import type { NodeModel } from './node-model.js';

/** The title of a node, its state, and the buttons that act on it alone. */
export const NodeHeader = memo(function NodeHeader({
  model,
  readOnly,
  children,
}: {
  readonly model: NodeModel;
  readonly readOnly: boolean;
  /** Stands between the title and the state. */
  readonly children?: ReactNode;
}): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const runnable = useLoom((state) => state.runs.runnable);
  const { id, node, title, type } = model;
  const collapsed = node.view?.collapsed === true;
  const Chevron = collapsed ? ChevronRight : ChevronDown;
  return (
    <header className="loom-node-header">
      <button
        type="button"
        className="loom-node-fold nodrag"
        aria-label={messages.collapse}
        aria-expanded={!collapsed}
        disabled={readOnly}
        onClick={() =>
          store.dispatch([{ kind: 'update-node', id, changes: { view: { ...node.view, collapsed: !collapsed } } }], {
            label: messages.changeFold(title, !collapsed),
          })
        }
      >
        <Chevron size={12} aria-hidden="true" />
      </button>
      <h3 className="loom-node-title" title={type?.description === undefined ? title : `${title}\n${type.description}`}>
        {title}
      </h3>
      {children}
      {type?.implementation.kind === 'subgraph' ? (
        <button
          type="button"
          className="loom-node-fold nodrag"
          aria-label={messages.subgraphOpen}
          title={messages.subgraphOpen}
          onClick={() => store.openSubgraph(id)}
        >
          <Workflow size={12} aria-hidden="true" />
        </button>
      ) : null}
      <NodeMarks id={id} settings={node.settings} />
      <NodeStatus model={model} />
      {runnable ? (
        <button
          type="button"
          className="loom-node-run nodrag"
          aria-label={`${messages.runNode}: ${title}`}
          title={messages.runNode}
          onClick={(event) => {
            event.stopPropagation();
            runNodes(store, [id]);
          }}
        >
          <Play size={12} aria-hidden="true" />
        </button>
      ) : null}
    </header>
  );
});
