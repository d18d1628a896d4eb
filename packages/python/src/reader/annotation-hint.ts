import type { SyntaxNode } from '@lezer/common';
import type { Json, JsonObject, SelectOption, Widget } from '@loom/graph';
import type { Annotation, AnnotationScope } from './annotation-scope.js';
import { readLiteral, readNumeric, readText } from './literal.js';
import { calledName, readArguments } from './module-scope.js';
import { childNamed, lastName } from './syntax-tree.js';

/** What one piece of metadata in `Annotated[T, …]` says: a widget, or a plain string as help. */
export function readHint(node: SyntaxNode, scope: AnnotationScope): Partial<Annotation> {
  const help = readText(node, scope.source);
  if (help !== undefined) return { help };
  const called = node.name === 'CallExpression';
  const written = called ? calledName(node, scope.source, scope.module) : lastName(node, scope.source);
  const name = written === undefined ? undefined : (scope.module.imports.get(written) ?? written);
  const { positional, named } = readArguments(called ? childNamed(node, 'ArgList') : undefined, scope.source);
  const argument = (index: number, key: string) => named.get(key) ?? positional[index];
  const number = (index: number, key: string) => readNumeric(argument(index, key), scope.source);
  const text = (index: number, key: string) => readText(argument(index, key), scope.source);
  switch (name) {
    case 'Range':
    case 'Slider':
      return bounded(number(0, 'min'), number(1, 'max'), number(2, 'step'));
    case 'Color':
      return { widget: { kind: 'color' } };
    case 'Multiline':
      return { widget: textWidget(true, text(0, 'placeholder')) };
    case 'Text': {
      const flag = argument(1, 'multiline');
      const multiline = flag !== undefined && readLiteral(flag, scope.source)?.value === true;
      return { widget: textWidget(multiline, text(0, 'placeholder')) };
    }
    case 'Doc': {
      const documentation = text(0, 'documentation');
      return documentation === undefined ? {} : { help: documentation };
    }
    default:
      return {};
  }
}

/** A slider needs both ends; with one of them it is a number field that knows its bound. */
function bounded(min: number | undefined, max: number | undefined, step: number | undefined): Partial<Annotation> {
  const steps = step !== undefined && step > 0 ? { step } : {};
  if (min !== undefined && max !== undefined && min <= max) return { widget: { kind: 'slider', min, max, ...steps } };
  if (min === undefined && max === undefined) return {};
  if (min !== undefined && max !== undefined) return {};
  return { widget: { kind: 'number', ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...steps } };
}

function textWidget(multiline: boolean, placeholder: string | undefined): Widget {
  return { kind: 'text', ...(multiline && { multiline }), ...(placeholder !== undefined && { placeholder }) };
}

/** A widget written as a literal, in `@node(inputs={'x': {'widget': {...}}})`. Undefined when it is not one. */
export function toWidget(value: Json | undefined): Widget | undefined {
  if (!isObject(value)) return undefined;
  const { kind, min, max, step, placeholder, name } = value;
  switch (kind) {
    case 'slider':
    case 'number': {
      const hint = bounded(asNumber(min), asNumber(max), asNumber(step)).widget ?? { kind: 'number' };
      if (kind === 'slider') return hint.kind === 'slider' ? hint : undefined;
      return { ...hint, kind: 'number' };
    }
    case 'text':
      return textWidget(value.multiline === true, typeof placeholder === 'string' ? placeholder : undefined);
    case 'select': {
      const options = Array.isArray(value.options) ? value.options.map(toOption) : [];
      const known = options.filter((option) => option !== undefined);
      return known.length > 0 ? { kind: 'select', options: known } : undefined;
    }
    case 'toggle':
    case 'json':
    case 'none':
    case 'date':
    case 'time':
    case 'color':
      return { kind };
    case 'date-time':
      return value.zone === true ? { kind, zone: true } : { kind };
    case 'form':
      return isObject(value.schema) ? { kind, schema: value.schema } : undefined;
    case 'custom':
      return typeof name === 'string' ? { kind, name } : undefined;
    default:
      return undefined;
  }
}

function toOption(value: Json): SelectOption | undefined {
  if (!isObject(value)) return typeof value === 'object' && value !== null ? undefined : { value };
  const inner = value.value;
  if (inner === undefined || (typeof inner === 'object' && inner !== null)) return undefined;
  return typeof value.title === 'string' ? { value: inner, title: value.title } : { value: inner };
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
