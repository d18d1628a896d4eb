import type { PortType } from '../port-type.js';
import { flatMembers } from './equal.js';
import { describePortType } from './format.js';
import { isJsonLike, widenLiteral } from './kinship.js';
import { type Bindings, hasVariables, noBindings, substitute } from './variables.js';

/** Whether a value may flow, and what the target's type variables stand for when it does. */
export type Unification =
  | { readonly ok: true; readonly bindings: Bindings }
  /** A sentence for people that names both types and the part that does not fit. */
  | { readonly ok: false; readonly reason: string };

/**
 * Decides whether values of `source` fit an input of type `target`, and binds the target's variables.
 *
 * - `any` fits everything and takes everything, inside other types too. A variable in `source` counts as `any`: the
 *   two sides are different nodes, whose names have nothing to do with each other.
 * - `int` fits `number`; a literal fits its kind; a tuple fits a list of all its items; a list fits a stream.
 * - `json` fits, and takes, whatever JSON can say. A class fits its own name only.
 * - Every member of a source union must fit; one member of a target union is enough.
 * - A variable that is bound takes what fits its binding, and widens to what its binding fits (`int` to `number`).
 *
 * @example
 * ```ts
 * const result = unify(parsePortType('list<int>'), parsePortType('list<T>'));
 * if (result.ok) formatPortType(result.bindings.get('T')); // 'int'
 * ```
 */
export function unify(source: PortType, target: PortType, bindings: Bindings = noBindings): Unification {
  if (!hasVariables(target)) {
    const conflict = fit(source, target, frozen);
    return conflict ? { ok: false, reason: sentence(source, target, conflict) } : { ok: true, bindings };
  }
  const next = new Map(bindings);
  const conflict = fit(source, target, next);
  return conflict ? { ok: false, reason: sentence(source, target, conflict) } : { ok: true, bindings: next };
}

/** Never written to: a target without variables binds none. */
const frozen = new Map<string, PortType>();
const any: PortType = { kind: 'any' };

/** Where two types part, and what to say about it. */
interface Conflict {
  readonly source: PortType;
  readonly target: PortType;
  readonly note?: string;
}

/** Returns the first conflict. Changes `bindings` only in ways that later calls may build on. */
function fit(source: PortType, target: PortType, bindings: Map<string, PortType>): Conflict | undefined {
  if (source === target && !hasVariables(target)) return undefined;
  if (source.kind === 'any' || source.kind === 'variable' || target.kind === 'any') return undefined;
  if (target.kind === 'variable') return fitVariable(source, target, bindings);
  if (target.kind === 'union') return fitUnion(flatMembers(source), target, bindings);
  if (source.kind === 'union') {
    for (const member of source.members) {
      const conflict = fit(member, target, bindings);
      if (conflict) return conflict;
    }
    return undefined;
  }
  return fitParts(source, target, bindings);
}

function fitParts(source: PortType, target: PortType, bindings: Map<string, PortType>): Conflict | undefined {
  const refused: Conflict = { source, target };
  if (target.kind === 'json') return isJsonLike(source) ? undefined : refused;
  if (source.kind === 'json') return isJsonLike(target) ? undefined : refused;
  if (source.kind === 'literal') return fitLiteral(source.value, target) ? undefined : refused;
  switch (target.kind) {
    case 'list':
    case 'stream':
      if (source.kind === 'list' || source.kind === target.kind) {
        return 'item' in source ? fit(source.item, target.item, bindings) : refused;
      }
      return source.kind === 'tuple' ? fitEach(source.items, target.item, bindings) : refused;
    case 'tuple':
      return source.kind === 'tuple' ? fitItems(source, target, bindings) : refused;
    case 'dict':
      if (source.kind !== 'dict') return refused;
      return fit(source.key, target.key, bindings) ?? fit(source.value, target.value, bindings);
    case 'class':
      return source.kind === 'class' && source.name === target.name ? undefined : refused;
    case 'number':
      return source.kind === 'number' || source.kind === 'int' ? undefined : refused;
    case 'literal':
      return target.value === null && source.kind === 'none' ? undefined : refused;
    default:
      return source.kind === target.kind ? undefined : refused;
  }
}

function fitLiteral(value: string | number | boolean | null, target: PortType): boolean {
  switch (target.kind) {
    case 'literal':
      return target.value === value;
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'int':
      return Number.isInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'none':
      return value === null;
    default:
      return false;
  }
}

function fitEach(items: readonly PortType[], target: PortType, bindings: Map<string, PortType>): Conflict | undefined {
  for (const item of items) {
    const conflict = fit(item, target, bindings);
    if (conflict) return conflict;
  }
  return undefined;
}

type Tuple = Extract<PortType, { kind: 'tuple' }>;

function fitItems(source: Tuple, target: Tuple, bindings: Map<string, PortType>): Conflict | undefined {
  const { length } = target.items;
  if (source.items.length !== length) {
    return { source, target, note: `it has ${source.items.length} items, and ${length} are expected` };
  }
  for (const [index, item] of source.items.entries()) {
    const conflict = fit(item, target.items[index] ?? any, bindings);
    if (conflict) return conflict;
  }
  return undefined;
}

/** What no other member of the union takes goes to its bare variables, all together: `int | string` binds `T | none` as one. */
function fitUnion(
  sources: readonly PortType[],
  target: Extract<PortType, { kind: 'union' }>,
  bindings: Map<string, PortType>,
): Conflict | undefined {
  const members = flatMembers(target);
  const variables = members.filter((member) => member.kind === 'variable');
  const others = members.filter((member) => member.kind !== 'variable');
  const rest = sources.filter((source) => !others.some((member) => attempt(source, member, bindings)));
  const [first] = rest;
  if (!first) return undefined;
  const left: PortType = rest.length === 1 ? first : { kind: 'union', members: rest };
  if (variables.some((variable) => attempt(left, variable, bindings))) return undefined;
  return { source: first, target };
}

/** Keeps the bindings of a success and nothing of a failure. */
function attempt(source: PortType, target: PortType, bindings: Map<string, PortType>): boolean {
  if (!hasVariables(target)) return !fit(source, target, frozen);
  const trial = new Map(bindings);
  if (fit(source, target, trial)) return false;
  for (const [name, type] of trial) bindings.set(name, type);
  return true;
}

function fitVariable(
  source: PortType,
  target: Extract<PortType, { kind: 'variable' }>,
  bindings: Map<string, PortType>,
): Conflict | undefined {
  const bound = bindings.get(target.name);
  const offered = substitute(source, noBindings, any);
  if (!bound) {
    bindings.set(target.name, widenLiteral(offered));
    return undefined;
  }
  if (!fit(offered, bound, frozen)) return undefined;
  const wider = widenLiteral(offered);
  if (!fit(bound, wider, frozen)) {
    bindings.set(target.name, wider);
    return undefined;
  }
  const { name } = target;
  const note = `${name} is already ${describePortType(bound)} on this node, which ${describePortType(source)} does not fit`;
  return { source, target, note };
}

function sentence(source: PortType, target: PortType, conflict: Conflict): string {
  const whole = `${describePortType(source)} does not fit ${describePortType(target)}`;
  const inner = `${describePortType(conflict.source)} does not fit ${describePortType(conflict.target)}`;
  if (conflict.note) return `${whole}: ${conflict.note}.`;
  return whole === inner ? `${whole}.` : `${whole}: ${inner}.`;
}
