import { contentHash } from './content-hash.js';
import type { PortDeclaration } from './document.js';
import type { PortId, TypeId } from './id.js';
import type { InputPort, NodeType, OutputPort, TypeProblem } from './node-type.js';
import { readInputPort, readOutputPort } from './port-declaration.js';
import type { PortType } from './port-type.js';
import type { RepeatingZone } from './zone-body.js';

type Ports = Pick<NodeType, 'inputs' | 'outputs'>;
type OwnPorts = { readonly inputs: InputPort[]; readonly outputs: OutputPort[] };

/** What a zone gives or carries when its settings name nothing. */
const DEFAULT_RESULTS = { result: {} } as const;
const DEFAULT_CARRIED = { value: {} } as const;

/** Ports that zones have anyway. */
const RESERVED: ReadonlySet<PortId> = new Set([
  ...['items', 'item', 'index', 'start', 'times', 'continue', 'iterations', 'errors'],
]);

/** What the inner ports of carried values are called, after the value. */
const INNER_NAME = /\.(current|next)$/;

const TITLES = { 'for-each': 'For each', while: 'While', repeat: 'Repeat' } as const;

/**
 * The names of the results of a for-each, each an inner input and an outer output.
 *
 * @example
 * ```ts
 * Object.keys(zoneResults({ kind: 'for-each' })); // ['result']
 * ```
 */
export function zoneResults(zone: RepeatingZone): Readonly<Record<PortId, PortDeclaration>> {
  return zone.kind === 'for-each' ? (zone.results ?? DEFAULT_RESULTS) : {};
}

/**
 * The values that a while or repeat carries: `c` outside, `c.current` and `c.next` inside.
 *
 * @example
 * ```ts
 * zoneCarried({ kind: 'repeat', carried: { total: {} } }); // { total: {} }
 * ```
 */
export function zoneCarried(zone: RepeatingZone): Readonly<Record<PortId, PortDeclaration>> {
  return zone.kind === 'for-each' ? {} : (zone.carried ?? DEFAULT_CARRIED);
}

/**
 * The inner ports of a carried value.
 *
 * @example
 * ```ts
 * carriedPorts('total'); // { current: 'total.current', next: 'total.next' }
 * ```
 */
export function carriedPorts(id: PortId): { readonly current: PortId; readonly next: PortId } {
  return { current: `${id}.current`, next: `${id}.next` };
}

interface Made extends Ports {
  readonly problems: readonly TypeProblem[];
  /** Whether a port faces the body. */
  readonly faces: { readonly [Side in keyof Ports]: ReadonlyMap<PortId, boolean> };
  /** The types that were made, by id and by the type that they are based on. */
  readonly types: Map<TypeId, { readonly base: NodeType | undefined; readonly type: NodeType }>;
}

const made = new WeakMap<RepeatingZone, Made>();

function portsOf(zone: RepeatingZone): Made {
  const found = made.get(zone);
  if (found) return found;
  const problems: TypeProblem[] = [];
  const { inputs, outputs } = zone.kind === 'for-each' ? forEachPorts(zone, problems) : loopPorts(zone, problems);
  if (zone.onError === 'collect') outputs.push({ id: 'errors', title: 'Errors', type: listOf({ kind: 'json' }) });
  const faces = {
    inputs: new Map(inputs.map((port) => [port.id, port.inner === true])),
    outputs: new Map(outputs.map((port) => [port.id, port.inner === true])),
  };
  const fresh = { inputs, outputs, problems, faces, types: new Map() };
  made.set(zone, fresh);
  return fresh;
}

/** Whether a port of a zone faces its body; undefined for a port that the zone does not have. */
export function facesBody(zone: RepeatingZone, side: keyof Ports, port: PortId): boolean | undefined {
  return portsOf(zone).faces[side].get(port);
}

/**
 * The node type of a zone: its ports follow from its settings. Ports marked `inner` face the body. A declared name that a
 * zone has for itself (such as `index`) is left out, with a problem.
 *
 * @example
 * ```ts
 * const { inputs } = zoneType('loom/while', { kind: 'while' }, undefined);
 * ```
 */
export function zoneType(id: TypeId, zone: RepeatingZone, base: NodeType | undefined): NodeType {
  const { inputs, outputs, problems, types } = portsOf(zone);
  const found = types.get(id);
  if (found && found.base === base) return found.type;
  const type: NodeType = {
    id,
    title: base?.title ?? TITLES[zone.kind],
    ...(base?.description !== undefined && { description: base.description }),
    ...(base?.category !== undefined && { category: base.category }),
    ...(base?.settings !== undefined && { settings: base.settings }),
    version: 1,
    inputs,
    outputs,
    pure: false,
    implementation: { kind: 'zone', revision: contentHash(JSON.stringify(zone)) },
    problems,
  };
  types.set(id, { base, type });
  return type;
}

function forEachPorts(zone: RepeatingZone, problems: TypeProblem[]): OwnPorts {
  const item: PortType = { kind: 'variable', name: 'Item' };
  const inputs: InputPort[] = [{ id: 'items', title: 'Items', type: listOf(item), required: true }];
  const outputs: OutputPort[] = [
    { id: 'item', title: 'Item', type: item, inner: true },
    { id: 'index', title: 'Index', type: { kind: 'int' }, inner: true },
  ];
  for (const [id, declared] of declarations(zoneResults(zone), problems)) {
    const input = readInputPort(id, { required: false, ...declared }, problems);
    const type = declared.type === undefined ? variableFor(id) : input.type;
    inputs.push({ ...input, type, inner: true });
    outputs.push({ ...readOutputPort(id, declared, []), type: listOf(type) });
  }
  return { inputs, outputs };
}

function loopPorts(zone: RepeatingZone, problems: TypeProblem[]): OwnPorts {
  const outside: InputPort[] = [
    zone.kind === 'while'
      ? { id: 'start', title: 'Start', type: { kind: 'bool' }, required: false, default: true }
      : { id: 'times', title: 'Times', type: { kind: 'int' }, required: true },
  ];
  const inside: InputPort[] = [];
  const current: OutputPort[] = [{ id: 'index', title: 'Index', type: { kind: 'int' }, inner: true }];
  const final: OutputPort[] = [];
  for (const [id, declared] of declarations(zoneCarried(zone), problems)) {
    const initial = readInputPort(id, { required: false, ...declared }, problems);
    const { type: _type, default: _default, ...shown } = initial;
    const type = declared.type === undefined ? variableFor(id) : initial.type;
    const ports = carriedPorts(id);
    outside.push({ ...initial, type });
    inside.push({ ...shown, id: ports.next, type, required: false, inner: true });
    current.push({ id: ports.current, title: initial.title, type, inner: true });
    final.push({ id, title: initial.title, type });
  }
  inside.push({
    id: 'continue',
    title: 'Continue',
    type: { kind: 'bool' },
    required: false,
    default: true,
    inner: true,
  });
  final.push({ id: 'iterations', title: 'Iterations', type: { kind: 'int' } });
  return { inputs: [...outside, ...inside], outputs: [...current, ...final] };
}

function declarations(
  declared: Readonly<Record<PortId, PortDeclaration>>,
  problems: TypeProblem[],
): [PortId, PortDeclaration][] {
  return Object.entries(declared).filter(([id]) => {
    const isTaken = RESERVED.has(id);
    if (!isTaken && !INNER_NAME.test(id)) return true;
    const message = isTaken
      ? `"${id}" is a port that every zone has. Give it another name.`
      : `"${id}" ends like an inner port. Give it another name.`;
    problems.push({ severity: 'error', message });
    return false;
  });
}

function listOf(item: PortType): PortType {
  return { kind: 'list', item };
}

/** Stands for whatever is connected. */
function variableFor(id: PortId): PortType {
  return { kind: 'variable', name: `Of ${id}` };
}
