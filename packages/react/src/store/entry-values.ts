import type { FrameStep, OutputSummary, Run } from '@loom/engine';
import { type FlowDocument, graphIndex, type NodeId, type PortId } from '@loom/graph';
import { containersOf } from '../zones/containment.js';
import { type EntryValues, type FrameRecords, frameKey } from './frame-records.js';

/** So many wires are asked for: each may mean a picture of a large value. */
const MOST_WIRES = 200;

/** The way into the last iteration of a zone that repeats; undefined when it had none. */
function lastFrame(document: FlowDocument, frames: FrameRecords, zone: NodeId): FrameStep[] | undefined {
  const path: FrameStep[] = [];
  for (const node of [...containersOf(document.nodes, zone).toReversed(), zone]) {
    const kind = document.nodes[node]?.settings?.zone?.kind;
    if (kind === undefined || kind === 'group') continue;
    const known = frames.iterations(node, frameKey(path));
    if (known === undefined) return undefined;
    path.push({ node, index: known.last });
  }
  return path;
}

/**
 * What zones gave to their bodies in their last iterations. No event tells it: the run itself knows, and is to be asked
 * when it ends, because the values of the next one take the place of its own.
 */
export function entryValues(document: FlowDocument, frames: FrameRecords, run: Pick<Run, 'inspect'>): EntryValues[] {
  const found: EntryValues[] = [];
  let asked = 0;
  for (const [id, { settings }] of Object.entries(document.nodes)) {
    if (settings?.zone === undefined || settings.zone.kind === 'group') continue;
    const frame = lastFrame(document, frames, id);
    if (frame?.at(-1)?.node !== id) continue;
    const outputs: Record<PortId, OutputSummary> = {};
    for (const edge of graphIndex(document).outgoing(id)) {
      const port = document.edges[edge]?.sourcePort ?? '';
      if (Object.hasOwn(outputs, port) || asked >= MOST_WIRES) continue;
      asked += 1;
      const summary = run.inspect({ node: id, port }, frame);
      if (summary !== undefined) outputs[port] = summary;
    }
    if (Object.keys(outputs).length > 0) found.push({ frame, outputs });
  }
  return found;
}
