import type { Position, Size } from '../../document.js';
import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { gridPosition } from '../layout.js';
import { idOf, isSafe, type Raw, recordAt, textAt, without } from '../raw.js';
import { quoted, type Report } from '../report.js';
import type { Sketch } from '../sketch.js';
import type { EdgeEnds } from './edges.js';
import { isComputed, literalOf, readIos, restOfIo } from './io.js';

/** What of a node goes to other places of a document, or is what only a running worker has. */
const placed = new Set(['id', 'node_id', 'node_name', 'name', 'io', 'properties', 'status', 'error', 'in_trigger']);
const placedProperties = new Set(['frontend:pos', 'frontend:size', 'frontend:collapsed']);

const openPorts = { inputs: { names: [], open: true }, outputs: { names: [], open: true } };

/** What the nodes of a file have beside their place in the sketch. */
export interface ReadNodes {
  /** What has no place in a document, by node. */
  readonly rest: Map<string, Record<string, unknown>>;
  /** The nodes by type. */
  readonly types: Map<string, string[]>;
}

interface Entry {
  readonly id: string;
  readonly raw: Raw;
}

/** Puts the nodes of a node space into the sketch. */
export function readNodes(space: Raw, ends: EdgeEnds, most: number, sketch: Sketch, report: Report): ReadNodes {
  const rest = new Map<string, Record<string, unknown>>();
  const types = new Map<string, string[]>();
  for (const { id, raw } of readEntries(space, most, report)) {
    const kind = textAt(raw, 'node_id');
    if (kind === undefined) {
      const message = `Node ${quoted(id)} does not say what it is. It stayed without a type that anybody knows.`;
      report.error('import/no-node-id', ['nodes', id], message);
    }
    const type = `funcnodes/${kind ?? 'unknown'}`;
    const sameType = types.get(type);
    if (sameType) sameType.push(id);
    else types.set(type, [id]);
    const properties = recordAt(raw, 'properties');
    sketch.add(id, {
      type,
      label: textAt(raw, 'name', 'node_name'),
      position: positionOf(properties, sketch.nodes.size, id, report),
      size: sizeOf(properties),
      inputs: new Map(),
      view: viewOf(raw, properties),
      ports: openPorts,
    });
    for (const key of ['status', 'error', 'in_trigger']) {
      if (!raw[key]) continue;
      const message = 'What only a running worker has was left out.';
      report.gather('import/run-state', ['nodes', id], message, `${id}.${key}`);
    }
    const others = { ...readValues(id, raw, ends, most, sketch, report), ...restOf(raw, properties) };
    if (Object.keys(others).length > 0) rest.set(id, others);
    for (const key of Object.keys(others)) if (key !== 'io') setAside(id, key, report);
  }
  return { rest, types };
}

function readEntries(space: Raw, most: number, report: Report): Entry[] {
  const taken = new Set<string>();
  return entriesAt(space, 'nodes', most, report).flatMap(([place, raw]): Entry[] => {
    const id = isRecord(raw) ? (idOf(raw.id) ?? (typeof place === 'string' ? idOf(place) : undefined)) : undefined;
    const fault = !isRecord(raw)
      ? 'it is no object'
      : id === undefined
        ? 'it has no id'
        : !isSafe(id)
          ? 'its id cannot be used'
          : taken.has(id)
            ? `there is another node ${quoted(id)}`
            : undefined;
    if (isRecord(raw) && id !== undefined && fault === undefined) {
      taken.add(id);
      return [{ id, raw }];
    }
    report.error('import/node', ['nodes', place], `Node ${quoted(place)} of the file was left out: ${fault}.`);
    return [];
  });
}

/** Reads the literals of a node. Gives what its ports say that has no place. */
function readValues(
  id: string,
  raw: Raw,
  ends: EdgeEnds,
  most: number,
  sketch: Sketch,
  report: Report,
): Record<string, unknown> {
  const isWhole = Array.isArray(raw.io);
  const rest: [string, Record<string, unknown>][] = [];
  for (const io of readIos(raw, ['nodes', id], most, report)) {
    const isConnected = ends.isTarget(id, io.id);
    const isInput = ends.read(id, io);
    if (isComputed(io, isInput, isConnected)) {
      const message = 'Values that were computed are not part of a flow, and were left out: run it.';
      report.gather('import/results', ['nodes', id], message, `${id}.${io.id}`);
    }
    const literal = isInput ? literalOf(io, isConnected) : undefined;
    if (literal) sketch.nodes.get(id)?.inputs.set(io.id, literal.value);
    const others = restOfIo(io, isWhole);
    for (const key of Object.keys(others)) setAside(`${id}.${io.id}`, key, report, ['nodes', id]);
    if (Object.keys(others).length > 0) rest.push([io.id, others]);
  }
  return rest.length > 0 ? { io: Object.fromEntries(rest) } : {};
}

/** What has no place in a document. Empty things say nothing. */
function restOf(raw: Raw, properties: Raw): Record<string, unknown> {
  const rest = without(raw, placed);
  if (raw.name !== undefined && textAt(raw, 'name') === undefined) rest.name = raw.name;
  for (const key of Object.keys(rest)) {
    const value = rest[key];
    const isEmpty =
      value === null || value === false || value === '' || (isRecord(value) && Object.keys(value).length === 0);
    if (isEmpty || (key === 'render_options' && isOnlyPreview(value))) delete rest[key];
  }
  const others = without(properties, placedProperties);
  if (typeof (properties['frontend:collapsed'] ?? false) !== 'boolean') {
    others['frontend:collapsed'] = properties['frontend:collapsed'];
  }
  if (properties['frontend:size'] !== undefined && !sizeOf(properties)) {
    others['frontend:size'] = properties['frontend:size'];
  }
  if (Object.keys(others).length > 0) rest.properties = others;
  else if (!isRecord(raw.properties ?? {})) rest.properties = raw.properties;
  return rest;
}

/** Whether rendering options only say which output the node shows, which a view can say, too. */
function isOnlyPreview(options: unknown): boolean {
  if (!isRecord(options) || Object.keys(options).some((key) => key !== 'data')) return false;
  const data = recordAt(options, 'data');
  return Object.keys(data).length === 1 && textAt(data, 'src') !== undefined;
}

function viewOf(raw: Raw, properties: Raw): Record<string, unknown> | undefined {
  const preview = textAt(recordAt(recordAt(raw, 'render_options'), 'data'), 'src');
  const collapsed = properties['frontend:collapsed'];
  const view = {
    ...(typeof collapsed === 'boolean' && { collapsed }),
    ...(preview !== undefined && { preview: true, previewPort: preview }),
  };
  return Object.keys(view).length > 0 ? view : undefined;
}

function setAside(owner: string, key: string, report: Report, path: readonly string[] = ['nodes', owner]): void {
  const message = `What the file says by ${quoted(key)} has no place in a flow: it is kept under "meta", and does nothing.`;
  report.gather('import/set-aside', path, message, owner);
}

function positionOf(properties: Raw, index: number, id: string, report: Report): Position {
  const [x, y] = pair(properties['frontend:pos']);
  if (x !== undefined && y !== undefined) return { x, y };
  const message = 'Nodes without a position were put in rows.';
  report.gather('import/no-position', ['nodes', id, 'position'], message, id);
  return gridPosition(index);
}

function sizeOf(properties: Raw): Size | undefined {
  const [width, height] = pair(properties['frontend:size']);
  return width !== undefined && height !== undefined && width >= 0 && height >= 0 ? { width, height } : undefined;
}

function pair(value: unknown): [number | undefined, number | undefined] {
  const [first, second]: unknown[] = Array.isArray(value) ? value : [];
  return [finite(first), finite(second)];
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
