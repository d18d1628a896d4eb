import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { idOf, isSafe, type Raw } from '../raw.js';
import { quoted, type Report } from '../report.js';
import type { End, Sketch } from '../sketch.js';
import type { ReadIo } from './io.js';

/** Ports that only say which node comes before which. */
const orderPorts = new Set(['_triggerinput', '_triggeroutput']);

/** What only inputs have to say. */
const ofInputs = ['default', 'required', 'does_trigger'];

/** An edge of a file. */
export interface FileEdge {
  readonly place: string | number;
  readonly source: End;
  readonly target: End;
}

/** Reads edges as lists of four, as `{ src, dst }`, or with the names of the command that adds one. */
export function readEdges(space: Raw, most: number, report: Report): FileEdge[] {
  return entriesAt(space, 'edges', most, report).flatMap(([place, raw]): FileEdge[] => {
    const [source, target] = endsOf(raw);
    if (source && target) return [{ place, source, target }];
    const message = `Edge ${quoted(place)} of the file was left out: it does not name two nodes with their ports.`;
    report.error('import/edge', ['edges', place], message);
    return [];
  });
}

function endsOf(raw: unknown): [End | undefined, End | undefined] {
  if (Array.isArray(raw)) return [end(raw[0], raw[1]), end(raw[2], raw[3])];
  if (!isRecord(raw)) return [undefined, undefined];
  if (Array.isArray(raw.src) && Array.isArray(raw.dst)) {
    return [end(raw.src[0], raw.src[1]), end(raw.dst[0], raw.dst[1])];
  }
  return [end(raw.src_nid, raw.src_ioid), end(raw.trg_nid, raw.trg_ioid)];
}

function end(node: unknown, port: unknown): End | undefined {
  const [nodeId, portId] = [idOf(node), idOf(port)];
  if (nodeId === undefined || portId === undefined || !isSafe(portId)) return undefined;
  return { node: nodeId, port: portId };
}

/** Which ports of a file are inputs. Saved nodes often do not say; then the edges do. */
export class EdgeEnds {
  readonly #targets: ReadonlySet<string>;
  readonly #sources: ReadonlySet<string>;
  readonly #said = new Map<string, boolean>();

  constructor(edges: readonly FileEdge[]) {
    this.#targets = new Set(edges.map(({ target }) => keyOf(target)));
    this.#sources = new Set(edges.map(({ source }) => keyOf(source)));
  }

  /** Takes in what a port says. Gives whether it is an input: one that no edge touches is, for outputs are not saved. */
  read(node: string, { id, raw }: ReadIo): boolean {
    const key = keyOf({ node, port: id });
    if (typeof raw.is_input === 'boolean') this.#said.set(key, raw.is_input);
    else if (ofInputs.some((name) => raw[name] !== undefined)) this.#said.set(key, true);
    return this.#said.get(key) ?? (this.#targets.has(key) || !this.#sources.has(key));
  }

  isTarget(node: string, port: string): boolean {
    return this.#targets.has(keyOf({ node, port }));
  }

  /** Whether the start of an edge is an input, which hands on what it gets. */
  handsOn(source: End): boolean {
    return this.#said.get(keyOf(source)) ?? this.#targets.has(keyOf(source));
  }
}

/** Lays the wires of a file. An edge from an input to an input hands on what feeds the first, so it begins there. */
export function layEdges(edges: readonly FileEdge[], ends: EdgeEnds, sketch: Sketch, report: Report): void {
  const usable = edges.filter((edge) => isUsable(edge, sketch, report));
  const feeds = feedsOf(usable, ends);
  const seen = new Set<string>();
  for (const [rank, { place, source, target }] of usable.entries()) {
    const path = ['edges', place];
    const inputs = ends.handsOn(source) ? inputsBehind(source, feeds, report) : [];
    if (!inputs) {
      const message = `Edge ${quoted(place)} was left out: too many inputs hand on to each other. Connect ${quoted(target.node)} to where the value comes from.`;
      report.error('import/too-complex', path, message);
      continue;
    }
    const outputs = ends.handsOn(source) ? inputs.flatMap(({ outputs }) => outputs) : [source];
    if (outputs.length === 0 && !handLiteralOn(inputs, target, sketch)) {
      const message = `Edge ${quoted(place)} was left out: it hands on the input ${quoted(source.port)} of ${quoted(source.node)}, and nothing feeds that.`;
      report.error('import/forward', path, message);
    }
    for (const from of outputs) {
      const key = `${keyOf(from)}${keyOf(target)}`;
      if (seen.has(key)) {
        const message = 'These inputs got the same value by two edges, and get it by one now.';
        report.gather('import/duplicate-edge', path, message, `${target.node}.${target.port}`);
      } else
        sketch.connect({
          source: from.node,
          sourcePort: from.port,
          target: target.node,
          targetPort: target.port,
          rank,
        });
      seen.add(key);
    }
  }
}

/** What leads to an input. */
interface Feed {
  readonly end: End;
  readonly outputs: End[];
  /** The keys of inputs that hand on to it. */
  readonly inputs: string[];
}

function feedsOf(edges: readonly FileEdge[], ends: EdgeEnds): Map<string, Feed> {
  const feeds = new Map<string, Feed>();
  const feedOf = (end: End): Feed => {
    const key = keyOf(end);
    const feed = feeds.get(key) ?? { end, outputs: [], inputs: [] };
    feeds.set(key, feed);
    return feed;
  };
  for (const { source, target } of edges) {
    if (!ends.handsOn(source)) feedOf(target).outputs.push(source);
    else {
      feedOf(source);
      feedOf(target).inputs.push(keyOf(source));
    }
  }
  return feeds;
}

/** An input, and all that hand on to it; undefined when that takes too many steps to say. */
function inputsBehind(input: End, feeds: ReadonlyMap<string, Feed>, report: Report): Feed[] | undefined {
  const keys = new Set([keyOf(input)]);
  const found: Feed[] = [];
  for (const key of keys) {
    const feed = feeds.get(key);
    if (!feed) continue;
    if (!report.maySpend(feed.inputs.length + 1)) return undefined;
    found.push(feed);
    for (const other of feed.inputs) keys.add(other);
  }
  return found;
}

/** Gives an input the literal that another one handed on. */
function handLiteralOn(inputs: readonly Feed[], target: End, sketch: Sketch): boolean {
  for (const { end } of inputs) {
    const literals = sketch.nodes.get(end.node)?.inputs;
    if (!literals?.has(end.port)) continue;
    sketch.nodes.get(target.node)?.inputs.set(target.port, literals.get(end.port));
    return true;
  }
  return false;
}

function isUsable({ place, source, target }: FileEdge, sketch: Sketch, report: Report): boolean {
  for (const { node } of [source, target]) {
    if (sketch.nodes.has(node)) continue;
    const message = `Edge ${quoted(place)} of the file was left out: there is no node ${quoted(node)}.`;
    report.error('import/edge', ['edges', place], message);
    return false;
  }
  if (!orderPorts.has(source.port) && !orderPorts.has(target.port)) return true;
  const message = `Edge ${quoted(place)} only said that ${quoted(target.node)} comes after ${quoted(source.node)}. It was left out: lead a value from one to the other.`;
  report.error('import/order-edge', ['edges', place], message);
  return false;
}

function keyOf({ node, port }: End): string {
  return JSON.stringify([node, port]);
}
