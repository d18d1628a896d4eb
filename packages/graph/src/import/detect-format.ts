import { defaultLimits } from '../load/limits.js';
import { isRecord } from '../load/reading.js';
import { parseJson, type Raw } from './raw.js';

/** A format of flows that can be opened. */
export type FlowFormat = 'loom' | 'old-loom' | 'funcnodes';

/** How files of this Loom begin. They are the most frequent, and need not be parsed for this. */
const ownHead = /^\uFEFF?\s*\{\s*"loom"\s*:\s*\d/;

/** Broken entries may stand before the first node that says something. */
const fewNodes = 16;

/**
 * Says what kind of flow a file holds, text or parsed, by its shape; undefined when it is none that is known. Says
 * nothing about whether it is whole. Never throws.
 *
 * @example
 * ```ts
 * detectFormat('{"nodes":[{"nodeId":"node_1"}],"connections":[]}'); // 'old-loom'
 * ```
 */
export function detectFormat(data: unknown): FlowFormat | undefined {
  try {
    if (typeof data === 'string' && data.length > defaultLimits.bytes) return undefined;
    if (typeof data === 'string' && ownHead.test(data)) return 'loom';
    const raw = typeof data === 'string' ? parseJson(data) : data;
    return isRecord(raw) ? formatOf(raw) : undefined;
  } catch {
    // Text that is no JSON, or an object whose parts cannot be read, is no flow.
    return undefined;
  }
}

/** The format of a parsed file. */
export function formatOf(raw: Raw): FlowFormat | undefined {
  if (typeof raw.loom === 'number') return 'loom';
  if (isWorkerState(raw)) return 'funcnodes';
  if ('state' in raw && !('nodes' in raw)) return isUnpackedArchive(raw) ? 'funcnodes' : undefined;
  const first = firstNode(raw.nodes);
  if (first && 'nodeId' in first) return 'old-loom';
  if (first && 'node_id' in first) return 'funcnodes';
  if (Array.isArray(raw.nodes)) {
    if (Array.isArray(raw.connections) || 'projectId' in raw) return 'old-loom';
    return 'prop' in raw || 'groups' in raw ? 'funcnodes' : undefined;
  }
  return isRecord(raw.nodes) && (raw.edges === undefined || isRecord(raw.edges)) ? 'loom' : undefined;
}

function isWorkerState({ backend }: Raw): boolean {
  return isRecord(backend) && 'nodes' in backend;
}

/** The files of an unpacked .fnw by name: the state is a file in it. */
function isUnpackedArchive({ state }: Raw): boolean {
  let inner: unknown = state;
  try {
    if (typeof state === 'string') inner = parseJson(state);
  } catch {
    // Another file has a text of that name.
    return false;
  }
  return isRecord(inner) && (isWorkerState(inner) || firstNode(inner.nodes)?.node_id !== undefined);
}

/** The first node of a list or table, looking at a few. */
function firstNode(nodes: unknown): Raw | undefined {
  const few = Array.isArray(nodes) ? nodes.slice(0, fewNodes) : isRecord(nodes) ? Object.values(nodes) : [];
  return few.find(isRecord);
}
