import type { SyntaxNode } from '@lezer/common';
import type { FlowType, NodeType, SourceReader, TypeProblem } from '@loom/graph';
import { contentHash } from '@loom/graph';
import { type AnnotationScope, moduleAnnotations } from './annotation-scope.js';
import { parseDocstring } from './docstring.js';
import { coverGrammarGaps } from './grammar-gaps.js';
import { readInputs } from './inputs.js';
import { tokenize } from './lexer.js';
import { readText } from './literal.js';
import { type ModuleFunction, type ModuleScope, readModuleScope } from './module-scope.js';
import { isMarked, readNodeMetadata } from './node-decorator.js';
import { readOutputs } from './outputs.js';
import { asProblems, syntaxFaults } from './syntax-problems.js';
import { childNamed, childrenOf, parsePython } from './syntax-tree.js';
import { titleOf } from './title.js';

/** Longer sources are not read: a module of two megabytes is no node. */
const MAX_LENGTH = 2 ** 21;

const UNREAD =
  'This source takes too long to read, or is nested too deep: what comes after this line is not looked at.';

/** A source after parsing: what it defines, and what Python would refuse in it. */
interface Module {
  readonly scope: ModuleScope;
  readonly problems: readonly TypeProblem[];
}

function readModule(source: string): Module {
  if (source.length > MAX_LENGTH) {
    const message = `This source is longer than ${MAX_LENGTH} characters. Move parts of it to a package.`;
    return {
      scope: readModuleScope(parsePython('').tree, ''),
      problems: [{ message, severity: 'error', line: 1, column: 1 }],
    };
  }
  const lexed = tokenize(source);
  let parsed = parsePython(source);
  if (hasFault(parsed.tree.topNode)) {
    const covered = coverGrammarGaps(source, lexed.tokens);
    if (covered !== undefined) parsed = parsePython(covered);
  }
  const problems = asProblems(source, syntaxFaults(source, lexed, parsed), 'error');
  const { readTo } = parsed;
  const unread = readTo < source.length ? [{ from: readTo, to: readTo, message: UNREAD }] : [];
  return {
    scope: readModuleScope(parsed.tree, source),
    problems: [...problems, ...asProblems(source, unread, 'warning')],
  };
}

function hasFault(top: SyntaxNode): boolean {
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) return true;
  } while (cursor.next());
  return false;
}

/**
 * Reads the ports of a Python node from the signature of its function, without running it and without Python. Faulty
 * source gives what can be read of it, with `problems` that name line and column; it never throws.
 *
 * The function is `type.entry`, else the last one with `@node`, else the last one whose name has no leading underscore.
 *
 * @example
 * ```ts
 * const type = readPythonType('double', { kind: 'python', source: 'def double(x: float = 1) -> float:\n    return 2 * x\n' });
 * type.inputs; // [{ id: 'x', title: 'X', type: { kind: 'number' }, required: false, default: 1 }]
 * ```
 */
export const readPythonType: SourceReader = (id, type) => {
  const module = readModule(type.source);
  const entry = type.entry ?? entriesOf(module.scope).at(-1)?.name;
  return buildType(id, type, module, entry);
};

/** Options of {@link readPythonModule}. */
export interface ReadModuleOptions {
  /** The category of functions that name none. */
  readonly shelf: string;
  /** Comes before the function's name in the id, such as `python/`. */
  readonly idPrefix: string;
}

/**
 * Reads every node of a module: the functions with `@node` if there are any, else all public ones, in order. The
 * nodes share the source and differ in their entry.
 *
 * @example
 * ```ts
 * readPythonModule('def double(x: int) -> int: ...', { shelf: 'Maths', idPrefix: 'maths/' })[0]?.id; // 'maths/double'
 * ```
 */
export function readPythonModule(source: string, { shelf, idPrefix }: ReadModuleOptions): NodeType[] {
  const module = readModule(source);
  return entriesOf(module.scope).map(({ name }) =>
    buildType(`${idPrefix}${name}`, { kind: 'python', source, category: shelf }, module, name, true),
  );
}

/** The functions that can be nodes. */
function entriesOf(scope: ModuleScope): ModuleFunction[] {
  const functions = [...scope.functions.values()];
  const marked = functions.filter((defined) => isMarked(defined, scope));
  return marked.length > 0 ? marked : functions.filter(({ name }) => !name.startsWith('_'));
}

type PythonType = Extract<FlowType, { kind: 'python' }>;

function buildType(
  id: string,
  type: PythonType,
  { scope, problems }: Module,
  entry: string | undefined,
  decoratorFirst = false,
): NodeType {
  const { source } = type;
  const defined = entry === undefined ? undefined : scope.functions.get(entry.normalize('NFKC'));
  const base = {
    id,
    version: 1,
    ...(type.description !== undefined && { description: type.description }),
    ...(type.category !== undefined && { category: type.category }),
  };
  const implementation = {
    kind: 'source',
    language: 'python',
    source,
    entry: entry ?? '',
    // The separator keeps a source that ends like an entry apart from one that does not.
    revision: contentHash(`${source}\0${entry ?? ''}`),
  } as const;
  if (!defined) {
    const missing: TypeProblem = { message: missingFunction(entry), severity: 'error', line: 1, column: 1 };
    return {
      ...base,
      title: type.title ?? (entry === undefined ? 'Python' : titleOf(entry)),
      inputs: [],
      outputs: [],
      pure: false,
      implementation: { ...implementation, returns: 'none' },
      problems: [...problems, missing],
    };
  }
  const metadata = readNodeMetadata(defined, scope);
  const annotations = moduleAnnotations(scope, typeVariables(defined.node, source));
  const docstring = parseDocstring(readDocstring(defined.node, source));
  const inputs = readInputs(childNamed(defined.node, 'ParamList'), annotations, docstring, metadata);
  const outputs = readOutputs(defined.node, annotations, docstring, metadata);
  const description = type.description ?? metadata.description ?? docstring.summary;
  const category = decoratorFirst ? (metadata.category ?? type.category) : (type.category ?? metadata.category);
  return {
    ...base,
    title: type.title ?? metadata.title ?? titleOf(defined.name),
    ...(description && { description }),
    ...(category !== undefined && { category }),
    inputs: inputs.ports,
    outputs: outputs.ports,
    pure: metadata.pure ?? false,
    implementation: { ...implementation, returns: outputs.returns },
    problems: [...problems, ...inputs.problems, ...metadata.problems],
  };
}

function missingFunction(entry: string | undefined): string {
  return entry === undefined
    ? 'No function found. Write one, such as: def double(x: float) -> float:'
    : `No function found with the name "${entry}" at the top level of the source.`;
}

function typeVariables(definition: SyntaxNode, source: string): AnnotationScope['variables'] {
  const list = childNamed(definition, 'TypeParamList');
  const names = (list ? childrenOf(list) : []).flatMap((parameter) => {
    const name = parameter.name === 'TypeParam' ? childNamed(parameter, 'VariableName') : undefined;
    return name ? [source.slice(name.from, name.to)] : [];
  });
  return new Set(names);
}

function readDocstring(definition: SyntaxNode, source: string): string {
  const body = childNamed(definition, 'Body');
  const first = body && childrenOf(body).find((child) => child.name !== ':' && child.name !== 'Comment');
  return (first?.name === 'ExpressionStatement' && readText(first.firstChild ?? undefined, source)) || '';
}
