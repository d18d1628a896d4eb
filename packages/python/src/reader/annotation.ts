import type { SyntaxNode } from '@lezer/common';
import type { PortType } from '@loom/graph';
import { readHint } from './annotation-hint.js';
import type { Annotation, AnnotationScope } from './annotation-scope.js';
import { readLiteral, readText } from './literal.js';
import { calledName, readArguments } from './module-scope.js';
import { ANY, dictOf, GENERICS, listOf, NAMES, NONE, STRING, unionOf } from './port-types.js';
import { isTypedDict } from './record-kind.js';
import { childNamed, childrenOf, itemsOf, lastName, parsePython } from './syntax-tree.js';

/** Types nested deeper are `any`: nobody connects by them. */
const MAX_DEPTH = 32;

/** Reads an annotation. What cannot be read is `any`. */
export function readAnnotation(node: SyntaxNode | undefined, scope: AnnotationScope): Annotation {
  if (!node || node.type.isError || scope.depth > MAX_DEPTH) return { type: ANY };
  const inner: AnnotationScope = { ...scope, depth: scope.depth + 1 };
  const text = () => scope.source.slice(node.from, node.to);
  switch (node.name) {
    case 'VariableName':
      return readName(text(), inner);
    case 'None':
      return { type: NONE };
    case 'MemberExpression': {
      if (childNamed(node, '[')) return readSubscript(node, inner);
      const name = lastName(node, scope.source);
      return { type: name === undefined ? ANY : named(name) };
    }
    case 'String':
    case 'ContinuedString': {
      const quoted = readText(node, scope.source);
      return quoted === undefined ? { type: ANY } : readQuoted(quoted, inner);
    }
    case 'BinaryExpression':
      return readUnion(node, inner);
    case 'ParenthesizedExpression':
      return readAnnotation(itemsOf(node)[0], inner);
    default:
      return { type: ANY };
  }
}

function readQuoted(text: string, scope: AnnotationScope): Annotation {
  // Parentheses allow line breaks, as Python does in quoted annotations.
  const source = `(${text})`;
  const expression = parsePython(source).tree.topNode.firstChild?.firstChild;
  return expression ? readAnnotation(expression, { ...scope, source }) : { type: ANY };
}

function readName(name: string, scope: AnnotationScope): Annotation {
  const { module } = scope;
  if (scope.variables.has(name)) return { type: { kind: 'variable', name } };
  if (scope.resolving.includes(name)) return { type: { kind: 'class', name } };
  const defined = module.classes.get(name);
  if (defined) return { type: isTypedDict(defined, module) ? dictOf(STRING, ANY) : { kind: 'class', name } };
  const alias = module.aliases.get(name);
  if (alias) {
    const scoped = { ...scope, source: module.source, resolving: [...scope.resolving, name] };
    const known = readAlias(name, alias, scoped);
    if (known) return known;
  }
  return { type: named(module.imports.get(name) ?? name) };
}

/** What a name that is assigned at the top level stands for. */
function readAlias(name: string, value: SyntaxNode, scope: AnnotationScope): Annotation | undefined {
  if (value.name === 'CallExpression') {
    const call = calledName(value, scope.module.source, scope.module);
    if (call === 'TypeVar') return { type: { kind: 'variable', name } };
    if (call === 'ParamSpec' || call === 'TypeVarTuple') return { type: ANY };
    if (call === 'TypedDict') return { type: dictOf(STRING, ANY) };
    if (call !== 'NewType') return { type: { kind: 'class', name } };
    const { positional } = readArguments(childNamed(value, 'ArgList'), scope.module.source);
    return readAnnotation(positional[1], scope);
  }
  const isType = ['VariableName', 'MemberExpression', 'BinaryExpression', 'String', 'ContinuedString', 'None'];
  return isType.includes(value.name) ? readAnnotation(value, scope) : undefined;
}

function named(name: string): PortType {
  if (Object.hasOwn(NAMES, name)) return NAMES[name] ?? ANY;
  if (Object.hasOwn(GENERICS, name)) return GENERICS[name]?.([]) ?? ANY;
  return { kind: 'class', name };
}

/** `A | B | C` leans to the left, so a long one is walked in a loop. */
function readUnion(node: SyntaxNode, scope: AnnotationScope): Annotation {
  const members: Annotation[] = [];
  let rest: SyntaxNode | undefined = node;
  while (rest?.name === 'BinaryExpression') {
    const children = childrenOf(rest);
    const operator = children.find((child) => child.name === 'BitOp');
    if (!operator || scope.source.slice(operator.from, operator.to) !== '|') return { type: ANY };
    const right = children.find((child) => child.from >= operator.to && !child.type.isError);
    members.push(readAnnotation(right, scope));
    rest = children[0];
  }
  members.push(readAnnotation(rest, scope));
  return merged(members.reverse());
}

/** Hints of a member hold for the whole: `Annotated[float, Range(0, 1)] | None` is still a slider. */
function merged(members: readonly Annotation[]): Annotation {
  const type = unionOf(members.map((member) => member.type));
  const hinted = members.find(
    (member) => member.widget && member.widget.kind !== 'select' && member.widget.kind !== 'toggle',
  );
  const help = members.find((member) => member.help)?.help;
  return { type, ...(hinted?.widget && { widget: hinted.widget }), ...(help && { help }) };
}

function readSubscript(node: SyntaxNode, scope: AnnotationScope): Annotation {
  const children = childrenOf(node);
  const open = children.findIndex((child) => child.name === '[');
  const base = children[0];
  const written = base && lastName(base, scope.source);
  if (written === undefined) return { type: ANY };
  const name = scope.module.imports.get(written) ?? written;
  const items = children.slice(open + 1).filter((child) => !/^[\],]$/.test(child.name) && !child.type.isError);
  if (name === 'Literal') return { type: unionOf(items.map((item) => readChoice(item, scope))) };
  const [first, ...hints] = items;
  if (name === 'Annotated') {
    const hinted = readAnnotation(first, scope);
    return Object.assign({}, hinted, ...hints.map((hint) => readHint(hint, scope)));
  }
  if (name === 'tuple' || name === 'Tuple') return { type: readTuple(items, scope) };
  const parameters = items.map((item) => readAnnotation(item, scope));
  if (name === 'Optional' || name === 'Union')
    return merged(name === 'Optional' ? [...parameters, { type: NONE }] : parameters);
  const types = parameters.map((parameter) => parameter.type);
  if (Object.hasOwn(GENERICS, name)) return { type: GENERICS[name]?.(types) ?? ANY };
  return readName(written, scope);
}

function readTuple(items: readonly SyntaxNode[], scope: AnnotationScope): PortType {
  if (items[1]?.name === 'Ellipsis' || items[1]?.name === '...') return listOf(readAnnotation(items[0], scope).type);
  const empty = items.length === 1 && items[0]?.name === 'TupleExpression';
  return { kind: 'tuple', items: empty ? [] : items.map((item) => readAnnotation(item, scope).type) };
}

/** One value in `Literal[...]`; a name is another `Literal` under an alias. */
function readChoice(node: SyntaxNode, scope: AnnotationScope): PortType {
  const literal = readLiteral(node, scope.source);
  if (literal) {
    const { value } = literal;
    if (value === null) return NONE;
    if (typeof value !== 'object') return { kind: 'literal', value };
  }
  return readAnnotation(node, scope).type;
}
