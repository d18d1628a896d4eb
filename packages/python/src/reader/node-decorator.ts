import type { Json, JsonObject, TypeProblem } from '@loom/graph';
import { isObject } from './annotation-hint.js';
import { readLiteral } from './literal.js';
import { decoratorCall, type ModuleFunction, type ModuleScope, readArguments } from './module-scope.js';
import { asProblems } from './syntax-problems.js';

/** What `@node(...)` adds to a signature. */
export interface NodeMetadata {
  readonly title?: string;
  readonly description?: string;
  readonly category?: string;
  readonly pure?: boolean;
  /** Names of outputs in order, with what is said about each. */
  readonly outputs?: readonly { readonly name: string; readonly title?: string; readonly help?: string }[];
  readonly inputs: Readonly<Record<string, JsonObject>>;
  readonly problems: readonly TypeProblem[];
}

const TEXTS = ['title', 'description', 'category'] as const;
const NONE: NodeMetadata = { inputs: {}, problems: [] };

/** True when the function has `@node` or `@node(...)`. */
export function isMarked(defined: ModuleFunction, scope: ModuleScope): boolean {
  return defined.decorators.some((decorator) => decoratorCall(decorator, scope)?.name === 'node');
}

/** Reads the literal keywords of `@node(...)`; what is not literal is reported, since the reader runs nothing. */
export function readNodeMetadata(defined: ModuleFunction, scope: ModuleScope): NodeMetadata {
  const call = defined.decorators
    .map((decorator) => decoratorCall(decorator, scope))
    .find((one) => one?.name === 'node');
  if (!call?.args) return NONE;
  const faults: { from: number; to: number; message: string }[] = [];
  const found: { -readonly [Key in keyof NodeMetadata]?: NodeMetadata[Key] } = {};
  for (const [key, node] of readArguments(call.args, scope.source).named) {
    const value = readLiteral(node, scope.source)?.value;
    const wrong = (what: string) =>
      faults.push({ from: node.from, to: node.to, message: `@node: ${key} must be ${what}.` });
    if (isText(key)) {
      if (typeof value === 'string') found[key] = value;
      else wrong('a literal string');
    } else if (key === 'pure') {
      if (typeof value === 'boolean') found.pure = value;
      else wrong('True or False');
    } else if (key === 'outputs') {
      const outputs = readOutputs(value);
      if (outputs) found.outputs = outputs;
      else wrong('a literal list of names, or a dict from name to help');
    } else if (key === 'inputs') {
      if (isObject(value)) found.inputs = Object.fromEntries(Object.entries(value).filter(isEntry));
      else wrong('a literal dict from parameter to settings');
    } else {
      faults.push({ from: node.from, to: node.to, message: `@node does not know "${key}".` });
    }
  }
  return { ...NONE, ...found, problems: asProblems(scope.source, faults, 'warning') };
}

function isText(key: string): key is (typeof TEXTS)[number] {
  return (TEXTS as readonly string[]).includes(key);
}

function isEntry(entry: [string, Json]): entry is [string, JsonObject] {
  return isObject(entry[1]);
}

function readOutputs(value: Json | undefined): NodeMetadata['outputs'] {
  if (Array.isArray(value)) {
    const names: string[] = value.filter((name): name is string => typeof name === 'string' && name !== '');
    return names.length === value.length ? [...new Set(names)].map((name) => ({ name })) : undefined;
  }
  if (!isObject(value)) return undefined;
  return Object.entries(value).map(([name, about]) => {
    if (typeof about === 'string') return { name, help: about };
    if (!isObject(about)) return { name };
    const { title, help } = about;
    return { name, ...(typeof title === 'string' && { title }), ...(typeof help === 'string' && { help }) };
  });
}
