import type { CompiledFlow } from '../flow/compiled-flow.js';

/** The index that a node of a flow has in another; -1 where it is not. */
export function indexIn(other: CompiledFlow, flow: CompiledFlow, node: number): number {
  if (other === flow) return node;
  const id = flow.ids[node] as string; // every index has an id
  // Most edits leave nodes where they are.
  return other.ids[node] === id ? node : (other.indexOf.get(id) ?? -1);
}
