import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { ProgressBar } from '../run/ProgressBar.js';
import { nodeTitle } from '../store/loom-store.js';

/** More nodes at work than this are a crowd. */
const MAX_WORKING = 4;

/** How far the nodes are that say so, while they run. */
export function AppWorking(): ReactNode {
  const nodes = useLoom(({ runs }) => runs.run.nodes);
  const flow = useLoom((state) => state.flow);
  const working = [...nodes].flatMap(([node, state]) =>
    state.status === 'running' && state.progress !== undefined ? { node, ...state.progress } : [],
  );
  if (working.length === 0) return null;
  return (
    <div className="loom-app-working">
      {working.slice(0, MAX_WORKING).map(({ node, fraction, message }) => {
        const title = nodeTitle(flow, node);
        return (
          <div key={node}>
            <span>{title}</span>
            <span>{message ?? `${Math.round(fraction * 100)} %`}</span>
            <ProgressBar label={title} fraction={fraction} text={message} />
          </div>
        );
      })}
    </div>
  );
}
