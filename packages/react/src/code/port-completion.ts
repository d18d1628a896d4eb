import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

type Tree = ReturnType<typeof syntaxTree>;
type SyntaxNode = ReturnType<Tree['resolveInner']>;

/** A port as it is offered while one types. */
export interface OfferedPort {
  readonly name: string;
  /** Its type as people read it. */
  readonly type: string;
  readonly help?: string | undefined;
}

/** The ports of the node that a source belongs to. */
export interface OfferedPorts {
  readonly inputs: readonly OfferedPort[];
  readonly outputs: readonly OfferedPort[];
}

const WORD = /^[\w$]*$/;
/** How long reading may hold up what is typed. */
const PARSE_MS = 50;

/** What `ctx` has in Python. */
const PYTHON_CONTEXT = members(['progress', 'metric', 'log', 'param', 'ask', 'on_parameter'], ['cancelled', 'node_id']);
/** What the second parameter has in JavaScript. */
const JAVASCRIPT_CONTEXT = members(
  ['progress', 'metric', 'log', 'readFile', 'onParameter', 'param', 'ask'],
  ['signal'],
);

function members(methods: readonly string[], properties: readonly string[]): readonly Completion[] {
  return [
    ...methods.map((label) => ({ label, type: 'method' })),
    ...properties.map((label) => ({ label, type: 'property' })),
  ];
}

/** Offers what `ctx.` has; parameters and locals are offered by the language itself. */
export function completePython(context: CompletionContext): CompletionResult | null {
  const node = treeOf(context).resolveInner(context.pos, -1);
  const access = node.name === 'MemberExpression' ? node : node.parent;
  if (access?.name !== 'MemberExpression' || subject(context.state, access) !== 'ctx') return null;
  return offer(context, PYTHON_CONTEXT);
}

/**
 * Offers ports in JavaScript: inputs behind the first parameter of the node's function and where it is taken apart,
 * outputs in an object that is returned, and what the second parameter can do.
 */
export function completeJavaScript(ports: () => OfferedPorts): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const { state } = context;
    const tree = treeOf(context);
    const node = tree.resolveInner(context.pos, -1);
    const [first, second] = parameters(tree);
    const access = node.name === 'MemberExpression' ? node : node.parent;
    if (access?.name === 'MemberExpression') {
      const name = subject(state, access);
      if (name === undefined) return null;
      if (name === nameOf(state, first)) return offer(context, ports().inputs.map(asProperty));
      return name === nameOf(state, second) ? offer(context, JAVASCRIPT_CONTEXT) : null;
    }
    const around = enclosing(node, ['ObjectPattern', 'ObjectExpression']);
    if (around?.name === 'ObjectPattern' && first !== undefined && around.from === first.from) {
      return offer(context, ports().inputs.map(asProperty));
    }
    return around?.name === 'ObjectExpression' && isKey(node, around) && isResult(around)
      ? offer(context, ports().outputs.map(asProperty))
      : null;
  };
}

function asProperty({ name, type, help }: OfferedPort): Completion {
  // Before what the language offers: ports are what one is here for.
  return { label: name, type: 'property', detail: type, boost: 10, ...(help !== undefined && { info: help }) };
}

function offer(context: CompletionContext, options: readonly Completion[]): CompletionResult | null {
  const word = context.matchBefore(/[\w$]*/);
  return options.length === 0 ? null : { from: word?.from ?? context.pos, options: [...options], validFor: WORD };
}

/** What stands before the point; undefined when that is more than a name, or the cursor is not behind the point. */
function subject(state: EditorState, access: SyntaxNode): string | undefined {
  const { firstChild } = access;
  return firstChild?.name === 'VariableName' ? state.sliceDoc(firstChild.from, firstChild.to) : undefined;
}

/** The source as it is read; the editor may be behind, in long ones and on busy machines. */
function treeOf({ state }: CompletionContext): Tree {
  return ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state);
}

/** The parameters of the function that a module exports. */
function parameters(tree: Tree): readonly SyntaxNode[] {
  for (const statement of tree.topNode.getChildren('ExportDeclaration')) {
    if (statement.getChild('default') === null) continue;
    for (let child = statement.firstChild; child; child = child.nextSibling) {
      const list = child.getChild('ParamList');
      if (list) return [...list.getChildren('VariableDefinition'), ...list.getChildren('ObjectPattern')].sort(byPlace);
    }
  }
  return [];
}

function byPlace(a: SyntaxNode, b: SyntaxNode): number {
  return a.from - b.from;
}

function nameOf(state: EditorState, parameter: SyntaxNode | undefined): string | undefined {
  return parameter?.name === 'VariableDefinition' ? state.sliceDoc(parameter.from, parameter.to) : undefined;
}

function enclosing(node: SyntaxNode, names: readonly string[]): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (names.includes(at.name)) return at;
  return undefined;
}

/** Whether a name would be a key here, and not a value. */
function isKey(node: SyntaxNode, object: SyntaxNode): boolean {
  return (
    node === object ||
    node.from === object.from ||
    (['PropertyDefinition', '⚠', '{', ','].includes(node.name) &&
      (node.parent?.name === 'Property' || node.parent?.from === object.from))
  );
}

/** Whether an object is what the function gives: after `return`, or right behind the arrow. */
function isResult(object: SyntaxNode): boolean {
  const holder = object.parent?.name === 'ParenthesizedExpression' ? object.parent.parent : object.parent;
  return holder?.name === 'ReturnStatement' || holder?.name === 'ArrowFunction';
}
