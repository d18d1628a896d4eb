import { type ContentKeys, contentKeys, type NodeRunState, type RunState } from '@loom/engine';
import {
  type FlowDocument,
  graphIndex,
  type Library,
  type NodeId,
  nodeTypeOf,
  topologicalOrder,
  zoneOf,
} from '@loom/graph';
import { createRecall, type Feed, type Recall, type RecalledResults } from './recalled-results.js';
import type { KeptRuns } from './run-archive.js';

/** Results that are out of date: by node, the run that left them. A newer run of the node makes the entry void. */
export type StaleResults = ReadonlyMap<NodeId, string>;

export const noStaleResults: StaleResults = new Map();

/** What the comparison of results with the flow found. */
export interface Comparison {
  readonly stale: StaleResults;
  /** What stands in for stale results, because an earlier run left just what the flow gives now. */
  readonly recalled: RecalledResults;
}

/** What is known of how the results came about. */
export interface Origins {
  /** The content keys of the flow that each run ran, by run. */
  readonly keys: ReadonlyMap<string, ContentKeys>;
  /** Counts executions, for nodes in no zone: one that is older than what feeds it was made from something else. */
  readonly made: ReadonlyMap<NodeId, number>;
  /** The last runs. */
  readonly kept: KeptRuns;
}

/**
 * The nodes whose results the flow would not give any more: an input, the code, or something upstream has changed since,
 * or what feeds them was executed again. Where an earlier run left what the flow gives now, as after undo, that is found.
 * Costs some microseconds a node.
 */
export function compareResults(
  run: RunState,
  { document, library }: { readonly document: FlowDocument; readonly library: Library },
  { keys, made, kept }: Origins,
): Comparison {
  const stale = new Map<NodeId, string>();
  const recalled = new Map<NodeId, NodeRunState>();
  if (run.nodes.size === 0) return { stale, recalled };
  const now = contentKeys(document, library);
  let recall: Recall | undefined;
  const wholes = wholesOf(document);
  const pure = new Set<NodeId>();
  const overtaken = new Map<NodeId, boolean>();
  for (const id of topologicalOrder(document).order) {
    const whole = wholes.of(id);
    const node = document.nodes[id];
    const isPure = node !== undefined && nodeTypeOf(document, library, node)?.pure === true;
    if (whole === id && isPure && wholes.sources(id).every((source) => pure.has(source))) pure.add(id);
    const at = made.get(whole) ?? 0;
    // What is pure gives the same however often it is executed.
    const isOvertaken =
      overtaken.get(whole) ??
      wholes.sources(whole).some((source) => !pure.has(source) && (stale.has(source) || (made.get(source) ?? 0) > at));
    overtaken.set(whole, isOvertaken);
    const state = run.nodes.get(id);
    if (state?.status !== 'success' && state?.status !== 'error') continue;
    const then = keys.get(state.runId);
    if (then === undefined) continue;
    if (then.of(id) === now.of(id) && !isOvertaken) continue;
    stale.set(id, state.runId);
    recall ??= createRecall(kept);
    const feeds = wholes.sources(whole).map((source): Feed => {
      const shown = recalled.get(source) ?? (stale.has(source) ? undefined : run.nodes.get(source));
      return { node: source, isPure: pure.has(source), shown };
    });
    const earlier = recall.find(id, now.of(id), feeds);
    if (earlier !== undefined) recalled.set(id, earlier);
  }
  return { stale, recalled };
}

/**
 * What runs as one: an outermost zone with all that is in it, or a node that is in no zone. Within it nothing is older
 * than the rest: how its nodes ended is told after the zone itself.
 */
interface Wholes {
  /** The outermost zone around a node, else the node. */
  of(node: NodeId): NodeId;
  /** The wholes that feed this one, also by wires into the body. */
  sources(whole: NodeId): readonly NodeId[];
}

function wholesOf(document: FlowDocument): Wholes {
  const index = graphIndex(document);
  const zones = new Map<NodeId, NodeId>();
  const contents = new Map<NodeId, NodeId[]>();
  for (const id of Object.keys(document.nodes)) {
    const around = outermostZone(document, id);
    if (around === undefined) continue;
    zones.set(id, around);
    const inside = contents.get(around);
    if (inside === undefined) contents.set(around, [id]);
    else inside.push(id);
  }
  const of = (id: NodeId) => zones.get(id) ?? id;
  return {
    of,
    sources: (whole) =>
      [whole, ...(contents.get(whole) ?? [])]
        .flatMap((id) => index.incoming(id))
        .flatMap((edge) => document.edges[edge]?.source ?? [])
        .map(of)
        .filter((source) => source !== whole),
  };
}

function outermostZone(document: FlowDocument, node: NodeId): NodeId | undefined {
  let outermost: NodeId | undefined;
  const seen = new Set<NodeId>();
  for (let zone = zoneOf(document, node); zone !== undefined && !seen.has(zone); zone = zoneOf(document, zone)) {
    seen.add(zone);
    outermost = zone;
  }
  return outermost;
}
