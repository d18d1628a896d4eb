import type { SyntaxNode } from '@lezer/common';
import type { Implementation, OutputPort, PortType } from '@loom/graph';
import { readAnnotation } from './annotation.js';
import type { AnnotationScope } from './annotation-scope.js';
import { annotationOf, readRecordClass } from './class-fields.js';
import type { Docstring } from './docstring.js';
import type { NodeMetadata } from './node-decorator.js';
import { ANY, streamOf } from './port-types.js';
import { childNamed, childrenOf, itemsOf, lastName } from './syntax-tree.js';
import { titleOf } from './title.js';

type Returns = Extract<Implementation, { kind: 'source' }>['returns'];

/** The output ports of a function, and how its result is taken apart into them. */
export interface Outputs {
  readonly returns: Returns;
  readonly ports: readonly OutputPort[];
}

interface Draft {
  readonly name: string;
  readonly type: PortType;
  readonly help?: string | undefined;
}

/** Reads the outputs of a function from its return annotation, its docstring and `@node(outputs=...)`. */
export function readOutputs(
  definition: SyntaxNode,
  scope: AnnotationScope,
  docstring: Docstring,
  metadata: NodeMetadata,
): Outputs {
  const arrow = childrenOf(definition).find(
    (child) => child.name === 'TypeDef' && scope.source.startsWith('->', child.from),
  );
  const annotation = annotationOf(arrow);
  const read = readAnnotation(annotation, scope);
  const body = childNamed(definition, 'Body');
  const yields =
    (read.type.kind === 'any' || read.type.kind === 'list') && body !== undefined && hasYield(body, scope.source);
  if (yields)
    return single({ ...read, type: streamOf(read.type.kind === 'list' ? read.type.item : ANY) }, docstring, metadata);
  if (read.type.kind === 'none') return { returns: 'none', ports: [] };
  const record = annotation && readRecordOf(annotation, scope);
  if (record && record.fields.length > 0)
    return { returns: record.returns, ports: toPorts(record.fields, docstring, metadata) };
  if (read.type.kind === 'tuple' && read.type.items.length > 0) return fromTuple(read.type.items, docstring, metadata);
  const names = metadata.outputs ?? [];
  if (names.length < 2) return single(read, docstring, metadata);
  const types = read.type.kind === 'dict' ? read.type.value : read.type.kind === 'list' ? read.type.item : ANY;
  const mapping = read.type.kind === 'dict' || (read.type.kind === 'any' && returnsDictionary(body));
  const ports = toPorts(
    names.map(({ name }) => ({ name, type: types })),
    docstring,
    metadata,
  );
  return { returns: mapping ? 'mapping' : 'sequence', ports };
}

/** The record class that an annotation names, also in quotes or in `Annotated[...]`. */
function readRecordOf(annotation: SyntaxNode, scope: AnnotationScope): ReturnType<typeof readRecordClass> {
  if (annotation.name === 'MemberExpression' && childNamed(annotation, '[')) {
    const [base, first] = itemsOf(annotation);
    const name = base && lastName(base, scope.source);
    if (name === 'Annotated' && first) return readRecordOf(first, scope);
    return name === undefined ? undefined : readRecordClass(name, scope);
  }
  const text = scope.source.slice(annotation.from, annotation.to);
  const name = annotation.name === 'String' ? text.slice(1, -1).trim() : lastName(annotation, scope.source);
  return name === undefined ? undefined : readRecordClass(name, scope);
}

function single(read: { type: PortType; help?: string }, docstring: Docstring, metadata: NodeMetadata): Outputs {
  const name = metadata.outputs?.[0]?.name ?? 'result';
  const help = read.help ?? withoutType(docstring.returns);
  const port = { name, type: read.type, help };
  return { returns: 'single', ports: toPorts([port], { ...docstring, returned: new Map() }, metadata) };
}

/** Google style allows `Returns: float: The mean.` */
function withoutType(text: string | undefined): string | undefined {
  return text?.replace(/^[A-Za-z_][\w.]*(\[[^\]:]*\]+)?( \| [\w.]+)*:\s+/, '');
}

function fromTuple(items: readonly PortType[], docstring: Docstring, metadata: NodeMetadata): Outputs {
  const documented = [...docstring.returned.keys()];
  const names =
    metadata.outputs?.length === items.length
      ? metadata.outputs.map(({ name }) => name)
      : documented.length === items.length
        ? documented
        : items.map((_, i) => `out${i + 1}`);
  const drafts = items.map((type, i) => ({ name: names[i] ?? `out${i + 1}`, type }));
  return { returns: 'sequence', ports: toPorts(drafts, docstring, metadata) };
}

function toPorts(drafts: readonly Draft[], docstring: Docstring, metadata: NodeMetadata): OutputPort[] {
  return drafts.map(({ name, type, help }) => {
    const about = metadata.outputs?.find((output) => output.name === name);
    const text = about?.help ?? help ?? docstring.returned.get(name);
    return { id: name, title: about?.title ?? titleOf(name), type, ...(text && { help: text }) };
  });
}

/** Whether a body makes its function a generator: a `yield` that is not in a function or class inside. */
function hasYield(body: SyntaxNode, source: string): boolean {
  const inner = new Set(['FunctionDefinition', 'LambdaExpression', 'ClassDefinition']);
  let found = false;
  body.cursor().iterate((node) => {
    if (found || inner.has(node.name)) return false;
    // A bare `yield` is a name after grammar-gaps.ts.
    if (node.name === 'yield' || (node.name === 'VariableName' && source.slice(node.from, node.to) === 'yield'))
      found = true;
    return !found;
  });
  return found;
}

/** Whether the last `return` at the function's own level gives a dict display. */
function returnsDictionary(body: SyntaxNode | undefined): boolean {
  const last = body && childrenOf(body).findLast((child) => child.name === 'ReturnStatement');
  return last ? itemsOf(last).some((child) => child.name === 'DictionaryExpression') : false;
}
