import { type ContentKeys, contentKeys, type RunState } from '@loom/engine';
import {
  type FlowDocument,
  graphIndex,
  type Library,
  type NodeId,
  nodeTypeOf,
  topologicalOrder,
  zoneOf,
} from '@loom/graph';

/** Results that are out of date: by node, the run that left them. A newer run of the node makes the entry void. */
export type StaleResults = ReadonlyMap<NodeId, string>;

export const noStaleResults: StaleResults = new Map();

/** What is known of how the results came about. */
export interface Origins {
  /** The content keys of the flow that each run ran, by run. */
  readonly keys: ReadonlyMap<string, ContentKeys>;
  /** Counts executions: a node that is older than one that feeds it was made from something else. */
  readonly made: ReadonlyMap<NodeId, number>;
}

/**
 * The nodes whose results the flow would not give any more: an input, the code, or something upstream has changed since,
 * or what feeds them was executed again. Costs some microseconds a node.
 */
export function staleResults(
  run: RunState,
  { document, library }: { readonly document: FlowDocument; readonly library: Library },
  { keys, made }: Origins,
): StaleResults {
  const stale = new Map<NodeId, string>();
  if (run.nodes.size === 0) return stale;
  const now = contentKeys(document, library);
  const index = graphIndex(document);
  const pure = new Set<NodeId>();
  for (const id of topologicalOrder(document).order) {
    const sources = index.incoming(id).flatMap((edge) => document.edges[edge]?.source ?? []);
    const node = document.nodes[id];
    const isPure = node !== undefined && nodeTypeOf(document, library, node)?.pure === true;
    if (isPure && sources.every((source) => pure.has(source))) pure.add(id);
    const state = run.nodes.get(id);
    if (state?.status !== 'success' && state?.status !== 'error') continue;
    const then = keys.get(state.runId);
    if (then === undefined) continue;
    const at = made.get(id) ?? 0;
    const around = zonesAround(document, id);
    // A zone ends after everything in it: that it was made later says nothing of what it gives its own body.
    const isLater = (source: NodeId) => !around.has(source) && (made.get(source) ?? 0) > at;
    // What is pure gives the same however often it is executed.
    const isOvertaken = () => sources.some((source) => !pure.has(source) && (stale.has(source) || isLater(source)));
    if (then.of(id) !== now.of(id) || isOvertaken()) stale.set(id, state.runId);
  }
  return stale;
}

function zonesAround(document: FlowDocument, node: NodeId): ReadonlySet<NodeId> {
  const zones = new Set<NodeId>();
  for (let zone = zoneOf(document, node); zone !== undefined && !zones.has(zone); zone = zoneOf(document, zone)) {
    zones.add(zone);
  }
  return zones;
}
