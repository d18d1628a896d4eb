import type { SyntaxNode } from '@lezer/common';
import type { Json } from '@loom/graph';
import { decodeString } from './string-literal.js';
import { childrenOf, itemsOf } from './syntax-tree.js';

/** Deeper literals are not shown as defaults. */
const MAX_DEPTH = 50;

/** A value that can be written as JSON. The wrapper tells `None` from "not a literal". */
export interface Literal {
  readonly value: Json;
}

/**
 * The value of a literal expression: numbers, strings, `True`, `False`, `None`, lists, tuples and dicts of these.
 * Undefined for everything else, and for what JSON cannot hold exactly (bytes, complex and huge numbers, sets).
 */
export function readLiteral(node: SyntaxNode, source: string, depth = 0): Literal | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const text = () => source.slice(node.from, node.to);
  switch (node.name) {
    case 'Number':
      return readNumber(text());
    case 'String':
      return wrap(decodeString(text()));
    case 'ContinuedString': {
      let joined = '';
      for (const part of itemsOf(node)) {
        const value = part.name === 'String' ? decodeString(source.slice(part.from, part.to)) : undefined;
        if (value === undefined) return undefined;
        joined += value;
      }
      return { value: joined };
    }
    case 'Boolean':
      return { value: text() === 'True' };
    case 'None':
      return { value: null };
    case 'UnaryExpression':
      return readSigned(node, source);
    case 'ParenthesizedExpression': {
      const [inner] = itemsOf(node);
      return inner && readLiteral(inner, source, depth + 1);
    }
    case 'ArrayExpression':
    case 'TupleExpression':
      return readSequence(node, source, depth);
    case 'DictionaryExpression':
      return readDictionary(node, source, depth);
    default:
      return undefined;
  }
}

/** The text of a string literal; undefined for any other literal or expression. */
export function readText(node: SyntaxNode | undefined, source: string): string | undefined {
  const literal = node && readLiteral(node, source);
  return typeof literal?.value === 'string' ? literal.value : undefined;
}

/** The value of a number literal, with its sign; undefined for anything else. */
export function readNumeric(node: SyntaxNode | undefined, source: string): number | undefined {
  const literal = node && readLiteral(node, source);
  return typeof literal?.value === 'number' ? literal.value : undefined;
}

function wrap(value: string | undefined): Literal | undefined {
  return value === undefined ? undefined : { value };
}

function readNumber(text: string): Literal | undefined {
  const plain = text.replaceAll('_', '');
  if (/^0[xXoObB]/.test(plain)) return exact(Number(plain));
  if (/^\d+$/.test(plain)) return exact(Number(plain));
  // `1j` is complex; JSON has no infinity, which is what `1e999` means.
  const value = /[jJ]$/.test(plain) ? Number.NaN : Number(plain);
  return Number.isFinite(value) ? { value } : undefined;
}

function exact(value: number): Literal | undefined {
  return Number.isSafeInteger(value) ? { value } : undefined;
}

function readSigned(node: SyntaxNode, source: string): Literal | undefined {
  const [operand] = itemsOf(node).filter((item) => item.name === 'Number');
  const sign = source.charAt(node.from);
  if (!operand || (sign !== '-' && sign !== '+') || operand.from > node.to) return undefined;
  const literal = readNumber(source.slice(operand.from, operand.to));
  if (typeof literal?.value !== 'number') return undefined;
  return { value: sign === '-' && literal.value !== 0 ? -literal.value : literal.value };
}

function readSequence(node: SyntaxNode, source: string, depth: number): Literal | undefined {
  const values: Json[] = [];
  for (const child of childrenOf(node)) {
    if (child.name === 'Comment' || /^[[\](),]$/.test(child.name)) continue;
    const literal = child.type.isError ? undefined : readLiteral(child, source, depth + 1);
    if (!literal) return undefined;
    values.push(literal.value);
  }
  return { value: values };
}

function readDictionary(node: SyntaxNode, source: string, depth: number): Literal | undefined {
  const entries: [string, Json][] = [];
  let key: string | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === 'Comment' || /^[{}:,]$/.test(child.name)) continue;
    const literal = child.type.isError ? undefined : readLiteral(child, source, depth + 1);
    if (!literal) return undefined;
    if (key === undefined) {
      if (typeof literal.value !== 'string') return undefined;
      key = literal.value;
    } else {
      entries.push([key, literal.value]);
      key = undefined;
    }
  }
  // fromEntries defines own properties: a key `__proto__` stays a key.
  return key === undefined ? { value: Object.fromEntries(entries) } : undefined;
}
