import type { SyntaxNode } from '@lezer/common';
import { type Json, type JsonObject, portTypeSchema, type Widget } from '@loom/graph';
import { readAnnotation } from './annotation.js';
import type { Annotation, AnnotationScope } from './annotation-scope.js';
import { annotationOf } from './class-fields.js';
import { readLiteral, readText } from './literal.js';
import type { ModuleClass } from './module-scope.js';
import { readArguments } from './module-scope.js';
import { lineage, recordKind } from './record-kind.js';
import { childNamed, childrenOf, lastName, parsePython } from './syntax-tree.js';

/** Annotations nested deeper are edited as JSON. */
const MAX_DEPTH = 16;

/** Where an annotation is read, and the classes described so far: one may hold itself. */
interface SchemaScope extends AnnotationScope {
  readonly described: Map<string, JsonObject>;
}

const FORMATS: Readonly<Record<string, 'date' | 'time' | 'date-time'>> = {
  date: 'date',
  time: 'time',
  datetime: 'date-time',
};

/**
 * The field of an input whose annotation says more than its type does: a form for a TypedDict or a dataclass of this source,
 * or for a list of them, and a picker for dates and times. Undefined for all others.
 */
export function readRecordWidget(node: SyntaxNode | undefined, scope: AnnotationScope): Widget | undefined {
  if (node === undefined) return undefined;
  const described = new Map<string, JsonObject>();
  const schema = schemaOf(node, { ...scope, described }, 0);
  if (schema === undefined) return undefined;
  const picked = Object.values(FORMATS).find((format) => format === schema.format);
  if (picked !== undefined) return { kind: picked };
  return { kind: 'form', schema: described.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(described) } };
}

/** The schema of an annotation that has a record or a date in it; undefined for what its port type says well enough. */
function schemaOf(node: SyntaxNode, scope: SchemaScope, depth: number): JsonObject | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (node.name) {
    case 'VariableName':
      return namedSchema(scope.source.slice(node.from, node.to), scope, depth);
    case 'String': {
      const quoted = readText(node, scope.source);
      const inner = quoted === undefined ? undefined : parsePython(`(${quoted})`).tree.topNode.firstChild?.firstChild;
      return inner ? schemaOf(inner, { ...scope, source: `(${quoted})` }, depth + 1) : undefined;
    }
    case 'ParenthesizedExpression': {
      const inner = childrenOf(node).find(({ name }) => name !== '(' && name !== ')');
      return inner && schemaOf(inner, scope, depth + 1);
    }
    case 'BinaryExpression':
      return optional(
        childrenOf(node).filter(({ name }) => name !== 'BitOp'),
        scope,
        depth,
      );
    case 'MemberExpression':
      return childNamed(node, '[')
        ? subscriptSchema(node, scope, depth)
        : namedSchema(lastName(node, scope.source), scope, depth);
    default:
      return undefined;
  }
}

function namedSchema(name: string | undefined, scope: SchemaScope, depth: number): JsonObject | undefined {
  if (name === undefined) return undefined;
  const { module } = scope;
  const defined = module.classes.get(name);
  if (defined !== undefined) {
    const kind = recordKind(defined, module);
    if (kind !== 'TypedDict' && kind !== 'dataclass') return undefined;
    if (!scope.described.has(name)) {
      scope.described.set(name, {});
      scope.described.set(name, recordSchema(defined, scope, depth));
    }
    return { $ref: `#/$defs/${name}` };
  }
  const original = module.imports.get(name) ?? name;
  const format = Object.hasOwn(FORMATS, original) ? FORMATS[original] : undefined;
  return format === undefined ? undefined : { type: 'string', format };
}

function subscriptSchema(node: SyntaxNode, scope: SchemaScope, depth: number): JsonObject | undefined {
  const children = childrenOf(node);
  const base = children[0] && lastName(children[0], scope.source);
  const open = children.findIndex(({ name }) => name === '[');
  const items = children.slice(open + 1).filter(({ name, type }) => !/^[\],]$/.test(name) && !type.isError);
  const [first] = items;
  if (first === undefined) return undefined;
  switch (base) {
    case 'list':
    case 'List':
    case 'Sequence': {
      const inner = schemaOf(first, scope, depth + 1);
      return inner && { type: 'array', items: inner };
    }
    case 'Annotated':
    case 'Required':
    case 'NotRequired':
    case 'ReadOnly':
    case 'Final':
      return schemaOf(first, scope, depth + 1);
    case 'Optional':
      return optional([first], scope, depth);
    default:
      return undefined;
  }
}

/** `Settings | None`. Other unions are edited as JSON. */
function optional(members: readonly SyntaxNode[], scope: SchemaScope, depth: number): JsonObject | undefined {
  const others = members.filter(({ name }) => name !== 'None');
  const [only] = others;
  const schema = others.length === 1 && only ? schemaOf(only, scope, depth + 1) : undefined;
  return schema && withNone(schema);
}

function takesNone({ type, enum: choices, anyOf }: JsonObject): boolean {
  const isNone = (part: Json) => typeof part === 'object' && part !== null && 'type' in part && part.type === 'null';
  if (Array.isArray(choices)) return choices.includes(null);
  if (Array.isArray(anyOf)) return anyOf.some(isNone);
  return type === 'null' || (Array.isArray(type) && type.includes('null'));
}

/** A schema that None fits too. */
function withNone(schema: JsonObject): JsonObject {
  if (Array.isArray(schema.enum)) return { ...schema, enum: [...schema.enum, null] };
  return typeof schema.type === 'string' && schema.type !== 'object' && schema.type !== 'array'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

function recordSchema(defined: ModuleClass, scope: SchemaScope, depth: number): JsonObject {
  const { module } = scope;
  const properties: Record<string, JsonObject> = {};
  const required = new Set<string>();
  for (const one of lineage(defined, module).reverse()) {
    const isTotal = !/total\s*=\s*False/.test(headOf(one, module.source));
    for (const { name, node, value } of fieldsOf(one, module.source)) {
      const written = node && module.source.slice(node.from, node.to);
      const fieldScope = { ...scope, source: module.source };
      const literal = value && readLiteral(value, module.source);
      const described = fieldSchema(node, fieldScope, depth) ?? {};
      properties[name] = {
        // `x: int = None` takes None, whatever its annotation says.
        ...(literal?.value === null && !takesNone(described) ? withNone(described) : described),
        ...(literal && { default: literal.value }),
      };
      required.delete(name);
      if (value === undefined && isTotal && !/^(?:\w+\.)?NotRequired\b/.test(written ?? '')) required.add(name);
      if (/^(?:\w+\.)?Required\b/.test(written ?? '')) required.add(name);
    }
  }
  const help = docstringOf(defined, module.source);
  return {
    type: 'object',
    title: defined.name,
    ...(help !== undefined && { description: help }),
    properties,
    ...(required.size > 0 && { required: [...required] }),
    additionalProperties: false,
  };
}

function fieldSchema(node: SyntaxNode | undefined, scope: SchemaScope, depth: number): JsonObject | undefined {
  if (node === undefined) return undefined;
  const annotation = readAnnotation(node, scope);
  const nested = schemaOf(node, scope, depth + 1) ?? portTypeSchema(annotation.type);
  return {
    ...nested,
    ...widgetSchema(annotation),
    ...(annotation.help !== undefined && { description: annotation.help }),
  };
}

/** What a hint such as `Range(0, 1)` says, in the words of a schema. */
function widgetSchema({ widget }: Annotation): JsonObject {
  if (widget?.kind === 'text' && widget.multiline === true) return { format: 'multi-line' };
  if (widget?.kind !== 'slider' && widget?.kind !== 'number') return {};
  const { min, max } = widget;
  return { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) };
}

interface WrittenField {
  readonly name: string;
  readonly node: SyntaxNode | undefined;
  readonly value: SyntaxNode | undefined;
}

/** Annotated names in the body of a class. `ClassVar`s and private names are no fields. */
function fieldsOf(defined: ModuleClass, source: string): WrittenField[] {
  const body = childNamed(defined.node, 'Body');
  return (body ? childrenOf(body) : []).flatMap((statement): WrittenField[] => {
    const target = statement.name === 'AssignStatement' ? statement.firstChild : null;
    const typeDef = statement.name === 'AssignStatement' ? childNamed(statement, 'TypeDef') : undefined;
    if (target?.name !== 'VariableName' || typeDef === undefined) return [];
    const name = source.slice(target.from, target.to);
    const node = annotationOf(typeDef);
    if (name.startsWith('_') || /^(?:\w+\.)?(?:ClassVar|InitVar)\b/.test(node ? source.slice(node.from, node.to) : ''))
      return [];
    const children = childrenOf(statement);
    const assigned = children.findIndex((child) => child.name === 'AssignOp');
    return [{ name, node, value: assigned === -1 ? undefined : children[assigned + 1] }];
  });
}

/** What stands between the name of a class and its body. */
function headOf(defined: ModuleClass, source: string): string {
  const list = childNamed(defined.node, 'ArgList');
  const total = readArguments(list, source).named.get('total');
  return total ? `total=${source.slice(total.from, total.to)}` : '';
}

function docstringOf(defined: ModuleClass, source: string): string | undefined {
  const body = childNamed(defined.node, 'Body');
  const first = body && childrenOf(body).find(({ name }) => name !== ':');
  const text =
    first?.name === 'ExpressionStatement' && first.firstChild ? readText(first.firstChild, source) : undefined;
  return text?.trim().split('\n', 1)[0];
}
