import { contentHash } from './content-hash.js';
import type { PortDeclaration, ZoneSettings } from './document.js';
import type { PortId, TypeId } from './id.js';
import type { InputPort, NodeType, OutputPort, TypeProblem } from './node-type.js';
import { readInputPort, readOutputPort } from './port-declaration.js';
import type { PortType } from './port-type.js';

type Repeating = Exclude<ZoneSettings, { kind: 'group' }>;
type Ports = Pick<NodeType, 'inputs' | 'outputs'>;

/** What a zone gives or carries when its settings name nothing. */
const DEFAULT_RESULTS = { result: {} } as const;
const DEFAULT_CARRIED = { value: {} } as const;

/** Ports that zones have anyway. */
export const RESERVED_ZONE_PORTS: ReadonlySet<PortId> = new Set([
  'items',
  'item',
  'index',
  'start',
  'times',
  'continue',
  'iterations',
  'errors',
]);

const TITLES = { 'for-each': 'For each', while: 'While', repeat: 'Repeat' } as const;
const known = new WeakMap<Repeating, Map<TypeId, NodeType>>();

/** The names of the results of a for-each, each an inner input and an outer output. */
export function zoneResults(zone: Repeating): Readonly<Record<PortId, PortDeclaration>> {
  return zone.kind === 'for-each' ? (zone.results ?? DEFAULT_RESULTS) : {};
}

/** The values that a while or repeat carries: `c` outside, `c.current` and `c.next` inside. */
export function zoneCarried(zone: Repeating): Readonly<Record<PortId, PortDeclaration>> {
  return zone.kind === 'for-each' ? {} : (zone.carried ?? DEFAULT_CARRIED);
}

/** The inner ports of a carried value. */
export function carriedPorts(id: PortId): { readonly current: PortId; readonly next: PortId } {
  return { current: `${id}.current`, next: `${id}.next` };
}

/**
 * The node type of a zone: its ports follow from its settings. Ports marked `inner` face the body. A declared name that a
 * zone has for itself (such as `index`) is left out, with a problem.
 */
export function zoneType(id: TypeId, zone: Repeating, base: NodeType | undefined): NodeType {
  const ofIds = known.get(zone) ?? new Map<TypeId, NodeType>();
  known.set(zone, ofIds);
  const found = ofIds.get(id);
  if (found) return found;
  const problems: TypeProblem[] = [];
  const ports = zone.kind === 'for-each' ? forEachPorts(zone, problems) : loopPorts(zone, problems);
  const errors: OutputPort = { id: 'errors', title: 'Errors', type: listOf({ kind: 'json' }) };
  const made: NodeType = {
    id,
    title: base?.title ?? TITLES[zone.kind],
    ...(base?.description !== undefined && { description: base.description }),
    ...(base?.category !== undefined && { category: base.category }),
    version: 1,
    inputs: ports.inputs,
    outputs: zone.onError === 'collect' ? [...ports.outputs, errors] : ports.outputs,
    pure: false,
    implementation: { kind: 'zone', revision: contentHash(JSON.stringify(zone)) },
    problems,
  };
  ofIds.set(id, made);
  return made;
}

function forEachPorts(zone: Repeating, problems: TypeProblem[]): Ports {
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

function loopPorts(zone: Repeating, problems: TypeProblem[]): Ports {
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
    if (!RESERVED_ZONE_PORTS.has(id)) return true;
    problems.push({ severity: 'error', message: `"${id}" is a port that every zone has. Give it another name.` });
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
