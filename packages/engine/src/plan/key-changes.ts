import type { FlowNode, Json, NodeId, NodeSettings, PortId } from '@loom/graph';
import type { RunCause } from '../api.js';
import { sameJson } from './given.js';
import type { KeyTable } from './keys.js';
import { bodyKey, isPython, revisionOf } from './own-key.js';

/** A node with what its key is made of. */
export interface KeyedNode {
  readonly keys: KeyTable;
  readonly node: number;
}

type Setting = Extract<RunCause, { kind: 'setting' }>['setting'];

/** Settings that results follow from. */
const SETTINGS: readonly Exclude<Setting, 'pinned'>[] = ['mode', 'join', 'streams', 'cases', 'zone'];

/** In which parts the key of a node differs from what it was; each part once. */
export function keyChanges(now: KeyedNode, then: KeyedNode): RunCause[] {
  const causes: RunCause[] = [];
  if (codeText(now) !== codeText(then)) causes.push({ kind: 'code' });
  for (const setting of changedSettings(now, then)) causes.push({ kind: 'setting', setting });
  const [after, before] = [literalsOf(now), literalsOf(then)];
  for (const port of new Set([...after.keys(), ...before.keys()])) {
    if (!sameJson(after.get(port), before.get(port))) causes.push({ kind: 'literal', port });
  }
  if (usesPython(now) && environmentText(now) !== environmentText(then)) causes.push({ kind: 'environment' });
  causes.push(...wireChanges(now, then));
  return causes;
}

function codeText({ keys: { flow }, node }: KeyedNode): string {
  const container = flow.containers?.get(node);
  const type = flow.types[node];
  const body = container && bodyKey(container.body);
  // The revision of a zone follows from its settings, which are told apart.
  const revision = body ? `${body.high} ${body.low}` : type && revisionOf(type);
  return JSON.stringify([flow.nodes[node]?.type, revision]);
}

function usesPython({ keys: { flow }, node }: KeyedNode): boolean {
  const container = flow.containers?.get(node);
  return container ? bodyKey(container.body).usesPython : isPython(flow.types[node]);
}

function environmentText({ keys: { flow } }: KeyedNode): string {
  return JSON.stringify(flow.document.environment);
}

function changedSettings(now: KeyedNode, then: KeyedNode): Setting[] {
  const [after, before] = [settingsOf(now), settingsOf(then)];
  const changed: Setting[] = SETTINGS.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
  if (!sameJson(pinnedOf(now), pinnedOf(then))) changed.push('pinned');
  return changed;
}

function settingsOf({ keys: { flow }, node }: KeyedNode): NodeSettings {
  const { mode = 'normal', join, ...settings } = flow.nodes[node]?.settings ?? {};
  return { ...settings, mode, join: join ?? flow.types[node]?.settings?.join ?? 'all' };
}

function pinnedOf({ keys, node }: KeyedNode): Readonly<Record<PortId, Json>> | undefined {
  return keys.given.pins.get(node) ?? keys.flow.nodes[node]?.settings?.pinned;
}

/** Literals with what was given in their place. */
function literalsOf({ keys: { flow, given }, node }: KeyedNode): ReadonlyMap<PortId, Json> {
  const { inputs = {} } = flow.nodes[node] as FlowNode; // every index has a node
  const literals = new Map<PortId, Json>(Object.entries(inputs));
  for (const [port, value] of given.overrides.get(node) ?? []) literals.set(port, value);
  return literals;
}

interface Wire {
  readonly source: number;
  readonly from: string;
}

/** Inputs that are wired to something else, and, where they are not, nodes behind them that compute something else. */
function wireChanges(now: KeyedNode, then: KeyedNode): RunCause[] {
  const causes: RunCause[] = [];
  const changed = new Set<NodeId>();
  const [after, before] = [wiresOf(now), wiresOf(then)];
  for (const port of new Set([...after.keys(), ...before.keys()])) {
    const wires = after.get(port) ?? [];
    const earlier = before.get(port) ?? [];
    if (wires.length !== earlier.length || wires.some(({ from }, i) => from !== earlier[i]?.from)) {
      causes.push({ kind: 'wiring', port });
      continue;
    }
    wires.forEach(({ source }, i) => {
      const other = earlier[i] as Wire; // as many as there are
      if (!now.keys.isSame(source, then.keys, other.source)) changed.add(now.keys.flow.ids[source] as NodeId);
    });
  }
  for (const node of changed) causes.push({ kind: 'upstream', node, change: 'changed' });
  return causes;
}

/** What leads to each input, in order. */
function wiresOf({ keys: { flow }, node }: KeyedNode): ReadonlyMap<PortId, readonly Wire[]> {
  const wires = new Map<PortId, Wire[]>();
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    const source = flow.edgeSource[edge] as number;
    const port = flow.edgeTargetPort[edge] as PortId;
    const wire = { source, from: JSON.stringify([flow.ids[source], flow.edgeSourcePort[edge]]) };
    const list = wires.get(port);
    if (list) list.push(wire);
    else wires.set(port, [wire]);
  }
  return wires;
}
