import { type FlowDocument, type Json, LoomError, type NodeId, type PortId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { givenLiteral, type Overrides } from './blocked.js';
import { rootIndex } from './root-index.js';

/** Values by output that stand in for running a node. */
export type PinnedValues = Readonly<Record<PortId, Json>>;

/** What a run is given for nodes of the bodies of a container, by node. */
export interface InnerGiven {
  readonly overrides: ReadonlyMap<NodeId, ReadonlyMap<PortId, Json>>;
  readonly pins: ReadonlyMap<NodeId, PinnedValues>;
}

/** A value for an input of a node. */
interface GivenInput {
  readonly node: number;
  readonly port: PortId;
  readonly value: Json;
}

/** What a run is given beside the document. Nodes by index. */
export interface Given {
  readonly overrides: Overrides;
  readonly pins: ReadonlyMap<number, PinnedValues>;
  /** By container. */
  readonly inner: ReadonlyMap<number, InnerGiven>;
  /** All of it, when that is one value: most runs that are given something are given no more. */
  readonly only?: GivenInput | undefined;
}

const none: ReadonlyMap<never, never> = new Map<never, never>();

export const NOTHING_GIVEN: Given = { overrides: none, pins: none, inner: none };

/** What comes from outside: promoted inputs by name, and pins by node. */
export interface GivenOptions {
  readonly inputs?: Readonly<Record<string, Json>> | undefined;
  readonly pins?: Readonly<Record<NodeId, PinnedValues>> | undefined;
}

/**
 * Reads what a run is given. Inputs that repeat what the document says count as not given.
 *
 * @throws LoomError `run/unknown-input`, `run/unknown-node` and `run/unknown-port` for what the flow does not have.
 */
export function readGiven(flow: CompiledFlow, { inputs, pins }: GivenOptions): Given {
  const draft: GivenDraft = { overrides: undefined, pins: undefined, inner: undefined, last: undefined, count: 0 };
  for (const name in inputs) {
    if (Object.hasOwn(inputs, name)) readInput(flow, name, inputs[name] as Json, draft); // a key of it
  }
  for (const id in pins) {
    if (!Object.hasOwn(pins, id)) continue;
    const values = pins[id] as PinnedValues; // a key of it
    const index = flow.indexOf.get(id);
    if (index === undefined) {
      innerOf(draft, rootIndex(flow, id)).pins.set(id, values);
      continue;
    }
    checkPorts(flow, index, values);
    draft.pins ??= new Map();
    draft.pins.set(index, values);
  }
  const { overrides, pins: pinned, inner, last, count } = draft;
  if (!overrides && !inner && !pinned) return NOTHING_GIVEN;
  const only = count === 1 && !inner && !pinned ? last : undefined;
  return { overrides: overrides ?? none, pins: pinned ?? none, inner: inner ?? none, only };
}

/** What has been read so far. */
interface GivenDraft {
  overrides: Map<number, Map<PortId, Json>> | undefined;
  pins: Map<number, PinnedValues> | undefined;
  inner: Map<number, MutableInner> | undefined;
  /** The last of the overrides, and how many there are. */
  last: GivenInput | undefined;
  count: number;
}

interface MutableInner {
  readonly overrides: Map<NodeId, Map<PortId, Json>>;
  readonly pins: Map<NodeId, PinnedValues>;
}

function innerOf(draft: GivenDraft, container: number): MutableInner {
  draft.inner ??= new Map();
  const own = draft.inner.get(container) ?? { overrides: new Map(), pins: new Map() };
  draft.inner.set(container, own);
  return own;
}

function readInput(flow: CompiledFlow, name: string, value: Json, draft: GivenDraft): void {
  const { node, port } = promotedInput(flow, name);
  const index = flow.indexOf.get(node);
  if (index === undefined) {
    const { overrides: byId } = innerOf(draft, containerOf(flow, node, name));
    byId.set(node, (byId.get(node) ?? new Map<PortId, Json>()).set(port, value));
    return;
  }
  if (sameJson(givenLiteral(flow, index, undefined, port), value)) return;
  draft.overrides ??= new Map();
  const ports = draft.overrides.get(index) ?? new Map<PortId, Json>();
  draft.overrides.set(index, ports.set(port, value));
  draft.last = { node: index, port, value };
  draft.count++;
}

function promotedInput(flow: CompiledFlow, name: string): { readonly node: NodeId; readonly port: PortId } {
  const { inputs }: Pick<FlowDocument, 'inputs'> = flow.document;
  const port = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (port && Object.hasOwn(flow.document.nodes, port.node)) return port;
  const names = Object.keys(inputs).map((each) => `"${each}"`);
  const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
  throw new LoomError('run/unknown-input', `This flow has no input "${name}". ${known}`, { context: { input: name } });
}

function containerOf(flow: CompiledFlow, node: NodeId, input: string): number {
  try {
    return rootIndex(flow, node);
  } catch (cause) {
    const message = `The input "${input}" leads to the node "${node}", which is no part of a run.`;
    throw new LoomError('run/unknown-input', message, { cause, context: { input, node } });
  }
}

function checkPorts(flow: CompiledFlow, node: number, values: PinnedValues): void {
  const outputs = flow.types[node]?.outputs;
  if (!outputs) return;
  for (const port of Object.keys(values)) {
    if (outputs.some(({ id }) => id === port)) continue;
    const id = flow.ids[node] as NodeId; // every index has an id
    const known = outputs.map((output) => `"${output.id}"`).join(', ');
    const message = `The node "${id}" has no output "${port}" to pin. It has ${known || 'none'}.`;
    throw new LoomError('run/unknown-port', message, { context: { node: id, port } });
  }
}

/** The nodes that are given something. */
export function givenNodes({ overrides, pins, inner, only }: Given): readonly number[] {
  if (only) return [only.node];
  const nodes = [...overrides.keys()];
  for (const node of pins.keys()) if (!overrides.has(node)) nodes.push(node);
  for (const node of inner.keys()) nodes.push(node);
  return nodes.length > 1 ? [...new Set(nodes)].sort((a, b) => a - b) : nodes;
}

/** Whether two runs of one flow give a node the same. */
export function isGivenSame(a: Given, b: Given, node: number): boolean {
  return (
    samePorts(a.overrides.get(node), b.overrides.get(node)) &&
    (a.pins.size + b.pins.size === 0 || sameJson(a.pins.get(node), b.pins.get(node))) &&
    (a.inner.size + b.inner.size === 0 || innerText(a.inner.get(node)) === innerText(b.inner.get(node)))
  );
}

function samePorts(a: ReadonlyMap<PortId, Json> | undefined, b: ReadonlyMap<PortId, Json> | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.size !== b.size) return false;
  for (const [port, value] of a) if (!b.has(port) || !sameJson(value, b.get(port))) return false;
  return true;
}

/** All that is given for the inside of a container, the same for the same. */
export function innerText(inner: InnerGiven | undefined): string {
  if (!inner) return '';
  const overrides = [...inner.overrides].map(([node, ports]) => [node, [...ports].sort(byName)] as const);
  return JSON.stringify([overrides.sort(byName), [...inner.pins].sort(byName)]);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

/** Whether two values are the same as JSON; `undefined` is the same as itself. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
