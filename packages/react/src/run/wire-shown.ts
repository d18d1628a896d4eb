import type { OutputSummary } from '@loom/engine';
import { type EdgeId, type FlowDocument, graphIndex, type Json, type NodeId } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import { shownFramePath, shownIterations } from './shown-run.js';
import { wireSummary } from './wire-summary.js';

/** What one reads of a value on a wire. */
export type WireShown = Omit<OutputSummary, 'ref'>;

const TREE = 'application/vnd.loom.tree+json';

/** What is on a wire, also in iterations whose values are gone: what they were given can still be told. */
export function wireShown(store: LoomStore, id: EdgeId): WireShown | undefined {
  return wireSummary(store, id) ?? loopValue(store, id);
}

/** What a zone gave to its body in the iteration that one looks at: its number, or an item of a list that is known. */
function loopValue(store: LoomStore, id: EdgeId): WireShown | undefined {
  const state = store.getState();
  const { source, sourcePort, target } = state.flow.document.edges[id] ?? {};
  if (source === undefined || target === undefined) return undefined;
  const index = shownFramePath(state, target).find(({ node }) => node === source)?.index;
  const known = shownIterations(state, source);
  if (index === undefined || known === undefined || index > known.last) return undefined;
  if (sourcePort === 'index') return shownAs(index);
  const flow = state.runs.kept.get(known.runId)?.document;
  if (sourcePort !== 'item' || flow?.nodes[source]?.settings?.zone?.kind !== 'for-each') return undefined;
  const list = listOf(store, flow, source);
  return Array.isArray(list) && index < list.length ? shownAs(list[index] ?? null) : undefined;
}

/** The list that a zone goes through, as far as it is in the flow or in a picture. */
function listOf(store: LoomStore, flow: FlowDocument, zone: NodeId): Json | undefined {
  const [wire] = graphIndex(flow).incomingTo(zone, 'items');
  if (wire === undefined) return flow.nodes[zone]?.inputs?.items;
  return wireShown(store, wire)?.preview.data[TREE] as Json | undefined;
}

function shownAs(value: Json): WireShown | undefined {
  // The rest of a long list is not in its picture.
  if (typeof value === 'object' && value !== null && '$cut' in value) return undefined;
  const isScalar = typeof value !== 'object' || value === null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    typeName: '',
    preview: { data: isScalar ? { 'text/plain': text } : { [TREE]: value, 'text/plain': text }, truncated: false },
  };
}
