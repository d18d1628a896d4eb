import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { openedGraph, typeTitle } from './opened-graph.js';
import { rootStore } from './opened-store.js';

/** The way to the subgraph that is open, each step of it a way back. */
export function Breadcrumbs(): ReactNode {
  const path = useLoom((state) => state.session.path);
  return path.length === 0 ? null : <Way />;
}

function Way(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const path = useLoom((state) => state.session.path);
  const flow = useLoom(() => rootStore(store).getState().flow);
  const uses = useMemo(() => {
    const type = path.at(-1)?.type;
    const graphs = [flow.document, ...Object.values(flow.document.types)];
    return graphs
      .flatMap((graph) => ('nodes' in graph ? Object.values(graph.nodes) : []))
      .filter((node) => node.type === type).length;
  }, [flow.document, path]);
  return (
    <nav className="loom-breadcrumbs" aria-label={messages.subgraphPath}>
      <button type="button" className="loom-button" onClick={() => store.leaveSubgraph(0)}>
        {flow.document.title ?? messages.untitled}
      </button>
      {path.map(({ node, type }, index) => {
        const around = openedGraph(flow.document, path.slice(0, index));
        const way = path
          .slice(0, index + 1)
          .map((step) => step.node)
          .join('/');
        const title = around.nodes[node]?.label ?? typeTitle(flow.document, flow.library, type);
        return (
          <Fragment key={way}>
            <ChevronRight size={13} aria-hidden="true" />
            <button
              type="button"
              className="loom-button"
              aria-current={index === path.length - 1 ? 'page' : undefined}
              onClick={() => store.leaveSubgraph(index + 1)}
            >
              {title}
            </button>
          </Fragment>
        );
      })}
      <span className="loom-breadcrumbs-uses">{messages.subgraphUses(uses)}</span>
    </nav>
  );
}
