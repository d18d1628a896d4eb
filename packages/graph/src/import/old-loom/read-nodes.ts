import type { Position } from '../../document.js';
import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { gridPosition } from '../layout.js';
import { idOf, isSafe, type Raw, recordAt, textAt, without } from '../raw.js';
import { quoted, type Report } from '../report.js';
import { portAt, type Sketch } from '../sketch.js';
import type { Mode, OldNode } from './old-flow.js';
import { readPorts } from './read-ports.js';
import { literalOf } from './text-value.js';
import type { TypeBook } from './type-book.js';

const modes: ReadonlySet<unknown> = new Set<Mode>(['sequential', 'conditional', 'loop', 'parallel', 'event']);

/** What of a node goes to places of its own in a document, or is reported where it cannot. */
const placed = new Set(['nodeId', 'position', 'input', 'output']);
const value = new Set(['value']);

/** What is read of the nodes of a file. */
export interface OldNodes {
  readonly nodes: Map<string, OldNode>;
  /** What has no place in a document, by node. */
  readonly rest: Map<string, Record<string, unknown>>;
}

interface Entry {
  readonly place: string | number;
  readonly raw: Raw;
  /** The id in the file, when it is there and free. */
  readonly id: string | undefined;
}

/** Puts the nodes of a file into the sketch. */
export function readNodes(file: Raw, most: number, sketch: Sketch, book: TypeBook, report: Report): OldNodes {
  const nodes = new Map<string, OldNode>();
  const rest = new Map<string, Record<string, unknown>>();
  const entries = readEntries(file, most, report);
  // Names that are made up must not take those that the file uses further on.
  for (const entry of [
    ...entries.filter(({ id }) => id !== undefined),
    ...entries.filter(({ id }) => id === undefined),
  ]) {
    const { id, ...others } = readNode(entry, nodes.size, most, sketch, book, report);
    nodes.set(id, others.node);
    if (Object.keys(others.rest).length > 0) rest.set(id, others.rest);
  }
  return { nodes, rest };
}

function readEntries(file: Raw, most: number, report: Report): Entry[] {
  const taken = new Set<string>();
  return entriesAt(file, 'nodes', most, report).flatMap(([place, raw]): Entry[] => {
    const path = ['nodes', place];
    if (!isRecord(raw)) {
      report.error('import/node', path, `Node ${quoted(place)} of the file is no object and was left out.`);
      return [];
    }
    const id = idOf(raw.nodeId) ?? (typeof place === 'string' ? idOf(place) : undefined);
    if (id === undefined) {
      const message = `Node ${quoted(place)} of the file has no "nodeId". It got an id; no wire of the file leads to it.`;
      report.warning('import/no-id', path, message);
    } else if (!isSafe(id)) {
      report.error('document/unsafe-key', path, `A node cannot be called ${quoted(id)}; it was left out.`);
      return [];
    } else if (taken.has(id)) {
      const message = `The file has two nodes ${quoted(id)}. The second got another id; all wires lead to the first, so connect it by hand.`;
      report.error('import/duplicate-id', path, message);
      return [{ place, raw, id: undefined }];
    } else taken.add(id);
    return [{ place, raw, id }];
  });
}

function readNode(
  { place, raw, id: given }: Entry,
  count: number,
  most: number,
  sketch: Sketch,
  book: TypeBook,
  report: Report,
): { id: string; node: OldNode; rest: Record<string, unknown> } {
  const metadata = recordAt(raw, 'metadata');
  const id = sketch.add(given ?? `node-${count + 1}`, {
    type: '',
    label: textAt(raw, 'name'),
    position: { x: 0, y: 0 },
    inputs: new Map(),
    ports: { inputs: { names: [], open: true }, outputs: { names: [], open: true } },
  });
  const path = ['nodes', id];
  const inputs = readPorts(raw.input, [...path, 'inputs'], most, report);
  const outputs = readPorts(raw.output, [...path, 'outputs'], most, report);
  const answer = book.typeOf({ id, raw, metadata, inputs: inputs?.names, outputs: outputs?.names });
  const node = sketch.nodes.get(id);
  if (node) {
    node.type = answer.type;
    node.position = positionOf(raw, count, id, report);
    node.ports = { inputs: answer.inputs, outputs: answer.outputs };
    for (const [index, value] of inputs?.values ?? []) {
      const port = portAt(answer.inputs, index, 'in');
      const type = answer.definition?.inputs.find((input) => input.id === port)?.type;
      node.inputs.set(port, literalOf(value, type, id, port, report));
    }
  }
  const mode = modeOf(metadata, id, report);
  const names = { inputs: inputs?.names ?? [], outputs: outputs?.names ?? [] };
  return { id, node: { id, place, raw, metadata, mode, ...names }, rest: restOf(raw, metadata) };
}

/** What has no place in a document: nothing of it acts, and it is kept for whoever looks for it. */
function restOf(raw: Raw, metadata: Raw): Record<string, unknown> {
  const rest = without(raw, placed);
  if (textAt(raw, 'name') !== undefined) delete rest.name;
  if (textAt(raw, 'code') !== undefined) delete rest.code;
  else if (textAt(raw, 'source') !== undefined) delete rest.source;
  if (isRecord(raw.metadata) && Object.keys(metadata).length === 0) delete rest.metadata;
  if (Array.isArray(raw.output)) rest.output = raw.output;
  // Values are literals of the node now.
  if (Array.isArray(raw.input))
    rest.input = raw.input.map((port: unknown) => (isRecord(port) ? without(port, value) : port));
  return rest;
}

function positionOf(raw: Raw, index: number, id: string, report: Report): Position {
  const { x, y, ...others } = recordAt(raw, 'position');
  const isPoint = typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y);
  if (isPoint) return { ...others, x, y };
  const message = 'Nodes without a position were put in rows.';
  report.gather('import/no-position', ['nodes', id, 'position'], message, id);
  return gridPosition(index);
}

function modeOf({ execution_mode: mode }: Raw, id: string, report: Report): Mode {
  if (mode === undefined || mode === null) return 'sequential';
  if (modes.has(mode)) return mode as Mode;
  const message = `Node ${quoted(id)} has the execution mode ${quoted(mode)}, which the old Loom does not have either. It runs once, when its inputs are there.`;
  report.warning('import/unknown-mode', ['nodes', id], message);
  return 'sequential';
}
