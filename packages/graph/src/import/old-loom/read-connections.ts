import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { idOf, isSafe, type Raw, textAt } from '../raw.js';
import { quoted, type Report } from '../report.js';
import { portAt, type Sketch } from '../sketch.js';
import type { OldNode } from './old-flow.js';

type Side = 'in' | 'out';
type Path = readonly (string | number)[];

/** What newer and older files call a port. */
const portKeys = { out: ['sourcePort', 'sourceOutput'], in: ['targetPort', 'targetInput'] } as const;

const known = new Set(['connectionId', 'sourceNodeId', 'targetNodeId', ...portKeys.out, ...portKeys.in]);

/** Puts the connections of a file into the sketch: ports by position, or by name as older files have them. */
export function readConnections(
  file: Raw,
  most: number,
  nodes: ReadonlyMap<string, OldNode>,
  sketch: Sketch,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [place, raw] of entriesAt(file, 'connections', most, report)) {
    const path = ['connections', place];
    const fault = isRecord(raw) ? connect(raw, path, seen, nodes, sketch, report) : 'it is no object';
    if (fault === undefined) continue;
    report.error('import/connection', path, `Connection ${quoted(place)} of the file was left out: ${fault}.`);
  }
}

/** Lays one wire; gives the reason when there can be none. */
function connect(
  raw: Raw,
  path: Path,
  seen: Set<string>,
  nodes: ReadonlyMap<string, OldNode>,
  sketch: Sketch,
  report: Report,
): string | undefined {
  const source = nodes.get(idOf(raw.sourceNodeId) ?? '');
  const target = nodes.get(idOf(raw.targetNodeId) ?? '');
  if (!source) return `there is no node ${quoted(raw.sourceNodeId)} for its start`;
  if (!target) return `there is no node ${quoted(raw.targetNodeId)} for its end`;
  const sourcePort = portOf(raw, source, 'out', path, sketch, report);
  const targetPort = sourcePort === undefined ? undefined : portOf(raw, target, 'in', path, sketch, report);
  if (sourcePort === undefined || targetPort === undefined) return 'its ports are neither positions nor names';
  if (!isSafe(sourcePort) || !isSafe(targetPort)) return 'its ports have names that cannot be used';
  const key = JSON.stringify([source.id, sourcePort, target.id, targetPort]);
  if (seen.has(key)) return 'it repeats another';
  seen.add(key);
  for (const other of Object.keys(raw)) {
    if (known.has(other)) continue;
    const message = 'What connections say beside their ends was left out.';
    report.gather('import/connection-key', path, message, other);
  }
  const id = textAt(raw, 'connectionId');
  const named = id !== undefined && isSafe(id) ? { id } : {};
  sketch.connect({
    source: source.id,
    sourcePort,
    target: target.id,
    targetPort,
    rank: seen.size,
    place: path.at(-1),
    ...named,
  });
  return undefined;
}

/** The port that a connection means; undefined when it means none. */
function portOf(raw: Raw, node: OldNode, side: Side, path: Path, sketch: Sketch, report: Report): string | undefined {
  const [key, older] = portKeys[side];
  const value = raw[key] ?? raw[older];
  const ports = sketch.nodes.get(node.id)?.ports[side === 'in' ? 'inputs' : 'outputs'] ?? { names: [], open: true };
  if (value === undefined || value === null) {
    const name = portAt(ports, 0, side);
    const message = 'These connections do not say their ports; the first one of the node is used.';
    report.gather('import/no-port', path, message, `${node.id}.${name}`);
    return name;
  }
  const index = indexOf(value, side === 'in' ? node.inputs : node.outputs);
  if (index !== undefined && index < ports.names.length) return ports.names[index];
  const name = index === undefined ? idOf(value) : portAt(ports, index, side);
  if (typeof value === 'number' && index === undefined) return undefined;
  if (name !== undefined && !ports.open && !ports.names.includes(name)) {
    const message = 'These ports are used by connections, and their nodes do not list them.';
    report.gather('import/undeclared-port', path, message, `${node.id}.${name}`);
  }
  return name;
}

/** The position of a port: as a number, or of the name that the file lists. */
function indexOf(value: unknown, listed: readonly string[]): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const place = listed.indexOf(value);
  if (place >= 0) return place;
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
