import type { FlowDocument } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';

const eventFlows = new WeakMap<FlowDocument['nodes'], boolean>();

/** Whether the flow has nodes that listen once it is live. Looked for once for each table of nodes. */
export function hasEvents({ store }: { readonly store: LoomStore }): boolean {
  const { document, library } = store.getState().flow;
  const known = eventFlows.get(document.nodes);
  if (known !== undefined) return known;
  const types = new Set(Object.values(document.nodes).map(({ type }) => type));
  const found = [...types].some((type) => library.resolve(document, type)?.implementation.kind === 'event');
  eventFlows.set(document.nodes, found);
  return found;
}
