import type { FlowEdge } from '../document.js';
import { edge } from '../load/edge.js';
import { tableOf } from '../load/fields.js';
import { defaultLimits } from '../load/limits.js';
import { load, loadOwned } from '../load/load.js';
import { isRecord, Reading } from '../load/reading.js';
import type { Fragment } from './fragment.js';

/**
 * Reads a fragment from clipboard text, or from what was parsed of it; undefined when it is something else. Read with
 * the same care as a file: never throws, runs nothing, leaves out what is wrong.
 *
 * @example
 * ```ts
 * const fragment = parseFragment(event.clipboardData.getData('text/plain'));
 * ```
 */
export function parseFragment(input: unknown): Fragment | undefined {
  try {
    const raw = typeof input === 'string' ? parse(input) : input;
    if (!isRecord(raw) || raw.loom !== 'fragment' || raw.version !== 1) return undefined;
    const flow = { loom: 1, nodes: raw.nodes, edges: raw.edges, types: raw.types, frames: raw.frames };
    // A text was parsed for nobody but this; what is given as an object stays as it is.
    const { nodes, edges, types, frames } = typeof input === 'string' ? loadOwned(flow) : load(flow).document;
    const hasFrames = Object.keys(frames).length > 0;
    if (Object.keys(nodes).length === 0 && !hasFrames) return undefined;
    const wires = readIncoming(raw.incoming, nodes);
    return { loom: 'fragment', version: 1, nodes, edges, incoming: wires, types, ...(hasFrames && { frames }) };
  } catch {
    // Not plain data, or beyond all limits: not ours, then.
    return undefined;
  }
}

function parse(text: string): unknown {
  // Most of what a clipboard holds is no fragment, and may be long.
  if (text.length > defaultLimits.bytes || !text.trimStart().startsWith('{')) return undefined;
  return JSON.parse(text);
}

function readIncoming(raw: unknown, nodes: Fragment['nodes']): Record<string, FlowEdge> {
  const read = tableOf(edge)(raw ?? {}, new Reading(defaultLimits), undefined, 'incoming') ?? {};
  return Object.fromEntries(Object.entries(read).filter(([, wire]) => Object.hasOwn(nodes, wire.target)));
}
