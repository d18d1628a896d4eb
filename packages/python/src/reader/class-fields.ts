import type { SyntaxNode } from '@lezer/common';
import type { PortType } from '@loom/graph';
import { readAnnotation } from './annotation.js';
import type { AnnotationScope } from './annotation-scope.js';
import { readText } from './literal.js';
import type { ModuleClass } from './module-scope.js';
import { calledName, readArguments } from './module-scope.js';
import { ANY } from './port-types.js';
import { lineage, recordKind } from './record-kind.js';
import { childNamed, childrenOf, itemsOf } from './syntax-tree.js';

/** A field of a record class, as an output. */
interface Field {
  readonly name: string;
  readonly type: PortType;
  readonly help?: string;
}

/** A class whose instances are taken apart into outputs. */
export interface RecordClass {
  /** Dicts and dataclasses are read by name, named tuples by index. */
  readonly returns: 'mapping' | 'sequence';
  readonly fields: readonly Field[];
}

/** The fields of a TypedDict, NamedTuple or dataclass that the module defines; undefined for other names. */
export function readRecordClass(name: string, scope: AnnotationScope): RecordClass | undefined {
  const defined = scope.module.classes.get(name);
  if (defined) {
    const kind = recordKind(defined, scope.module);
    if (!kind) return undefined;
    const fields = new Map<string, Field>();
    for (const one of lineage(defined, scope.module).reverse())
      for (const field of ownFields(one, scope)) fields.set(field.name, field);
    return { returns: kind === 'NamedTuple' ? 'sequence' : 'mapping', fields: [...fields.values()] };
  }
  const value = scope.module.aliases.get(name);
  return value?.name === 'CallExpression' ? readFunctional(value, scope) : undefined;
}

/** Annotated names in the class body. `ClassVar`s and private names are no fields. */
function ownFields(defined: ModuleClass, scope: AnnotationScope): Field[] {
  const { source } = scope.module;
  const body = childNamed(defined.node, 'Body');
  return (body ? childrenOf(body) : []).flatMap((statement) => {
    const target = statement.name === 'AssignStatement' ? statement.firstChild : null;
    const annotation = statement.name === 'AssignStatement' ? childNamed(statement, 'TypeDef') : undefined;
    if (target?.name !== 'VariableName' || !annotation) return [];
    const written = annotationOf(annotation);
    const name = source.slice(target.from, target.to);
    if (
      name.startsWith('_') ||
      (written && /^(typing\.|t\.)?(ClassVar|InitVar)\b/.test(source.slice(written.from, written.to)))
    )
      return [];
    return [toField(name, written, scope)];
  });
}

/** The expression of a `TypeDef` node (`: T` or `-> T`). */
export function annotationOf(typeDef: SyntaxNode | undefined): SyntaxNode | undefined {
  return typeDef && itemsOf(typeDef)[0];
}

function toField(name: string, node: SyntaxNode | undefined, scope: AnnotationScope): Field {
  const { type, help } = readAnnotation(node, { ...scope, source: scope.module.source });
  return help === undefined ? { name, type } : { name, type, help };
}

/** `TypedDict('P', {'x': int})`, `NamedTuple('P', [('x', int)])` and `namedtuple('P', 'x y')`. */
function readFunctional(call: SyntaxNode, scope: AnnotationScope): RecordClass | undefined {
  const { source } = scope.module;
  const kind = calledName(call, source, scope.module);
  const second = readArguments(childNamed(call, 'ArgList'), source).positional[1];
  if (!second) return undefined;
  if (kind === 'TypedDict' && second.name === 'DictionaryExpression') {
    const entries = itemsOf(second);
    const fields = entries.flatMap((key, i) => {
      const name = i % 2 === 0 ? readText(key, source) : undefined;
      return name === undefined ? [] : [toField(name, entries[i + 1], scope)];
    });
    return { returns: 'mapping', fields };
  }
  if (kind === 'NamedTuple' && second.name === 'ArrayExpression') {
    const fields = itemsOf(second).flatMap((pair) => {
      const [key, type] = itemsOf(pair);
      const name = readText(key, source);
      return name === undefined ? [] : [toField(name, type, scope)];
    });
    return { returns: 'sequence', fields };
  }
  if (kind !== 'namedtuple') return undefined;
  const names =
    readText(second, source)?.split(/[\s,]+/) ?? itemsOf(second).map((item) => readText(item, source) ?? '');
  return { returns: 'sequence', fields: names.filter(Boolean).map((name) => ({ name, type: ANY })) };
}
