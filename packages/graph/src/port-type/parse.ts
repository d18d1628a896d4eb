import { LoomError } from '../error.js';
import type { PortType } from '../port-type.js';
import { isSimpleKind, isVariableWord, simpleAliases } from './names.js';

/** Deeper types are refused: nobody reads them, and they would exhaust the stack. */
const maxDepth = 64;
/** Characters. */
const maxLength = 10_000;

const any: PortType = { kind: 'any' };

/**
 * Reads the text form of a port type: `list<number>`, `int | string`, `"a" | "b"`, `dict<string, T>`, `DataFrame`.
 * `list` and `dict` alone hold anything; a capital letter is a type variable; other words are class names.
 *
 * @throws LoomError `port-type/syntax` with the place of the fault.
 * @example
 * ```ts
 * parsePortType('list<int | string>'); // { kind: 'list', item: { kind: 'union', members: [...] } }
 * ```
 */
export function parsePortType(text: string): PortType {
  if (text.length > maxLength)
    throw new LoomError('port-type/syntax', `A port type has at most ${maxLength} characters.`);
  const cursor = new Cursor(text);
  const type = readUnion(cursor, 0);
  if (cursor.token.kind !== 'end') cursor.fail('an end or "|"');
  return type;
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'value'; readonly value: string | number; readonly at: number }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

const tokenPattern =
  /\s*(?:([\p{ID_Start}_][\p{ID_Continue}.]*)|("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)*')|(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([<>|,()]))/uy;

/** Steps through the tokens of one text. */
class Cursor {
  readonly #text: string;
  #at = 0;
  token: Token;

  constructor(text: string) {
    this.#text = text;
    this.token = this.#read();
  }

  next(): void {
    this.token = this.#read();
  }

  /** Consumes a sign when it is the next token. */
  take(sign: string): boolean {
    if (this.token.kind !== 'sign' || this.token.text !== sign) return false;
    this.next();
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) this.fail(`"${sign}"`);
  }

  fail(expected: string): never {
    const place = this.token.kind === 'end' ? 'the end' : `character ${this.token.at + 1}`;
    throw new LoomError('port-type/syntax', `The port type "${this.#text}" should have ${expected} at ${place}.`, {
      context: { text: this.#text, at: this.token.at },
    });
  }

  #read(): Token {
    tokenPattern.lastIndex = this.#at;
    const match = tokenPattern.exec(this.#text);
    if (!match) {
      const rest = this.#text.slice(this.#at);
      const at = this.#at + (rest.length - rest.trimStart().length);
      if (at === this.#text.length) return { kind: 'end', text: '', at };
      this.token = { kind: 'sign', text: this.#text.charAt(at), at };
      return this.fail('a name, a value or a sign that it knows');
    }
    this.#at = tokenPattern.lastIndex;
    const [, name, double, single, number, sign] = match;
    const at = this.#at - (name ?? double ?? single ?? number ?? sign ?? '').length;
    if (name !== undefined) return { kind: 'word', text: name, at };
    if (double !== undefined) return { kind: 'value', value: this.#unquote(double, at), at };
    if (single !== undefined) return { kind: 'value', value: this.#unquote(requote(single), at), at };
    if (number !== undefined) return { kind: 'value', value: Number(number), at };
    return { kind: 'sign', text: sign ?? '', at };
  }

  #unquote(quoted: string, at: number): string {
    try {
      return String(JSON.parse(quoted));
    } catch (cause) {
      throw new LoomError('port-type/syntax', `The text ${quoted} in the port type "${this.#text}" is not valid.`, {
        cause,
        context: { text: this.#text, at },
      });
    }
  }
}

function requote(single: string): string {
  return `"${single.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
}

function readUnion(cursor: Cursor, depth: number): PortType {
  if (depth > maxDepth) cursor.fail(`at most ${maxDepth} levels`);
  const members: PortType[] = [];
  do {
    const member = readOne(cursor, depth);
    // A union in a union says no more than one union.
    if (member.kind === 'union') members.push(...member.members);
    else members.push(member);
  } while (cursor.take('|'));
  const [first] = members;
  return members.length === 1 && first ? first : { kind: 'union', members };
}

function readOne(cursor: Cursor, depth: number): PortType {
  const { token } = cursor;
  if (cursor.take('(')) {
    const type = readUnion(cursor, depth + 1);
    cursor.expect(')');
    return type;
  }
  if (token.kind === 'value') {
    cursor.next();
    return { kind: 'literal', value: token.value };
  }
  if (token.kind !== 'word') return cursor.fail('a type');
  cursor.next();
  return readWord(token.text, cursor, depth);
}

function readWord(word: string, cursor: Cursor, depth: number): PortType {
  const kind = Object.hasOwn(simpleAliases, word) ? simpleAliases[word] : word;
  if (kind !== undefined && isSimpleKind(kind)) return { kind };
  switch (word) {
    case 'true':
    case 'false':
      return { kind: 'literal', value: word === 'true' };
    case 'null':
      return { kind: 'literal', value: null };
    case 'never':
      return { kind: 'union', members: [] };
    case 'list':
    case 'stream': {
      const [item = any] = readArguments(cursor, depth, 1);
      return { kind: word, item };
    }
    case 'dict': {
      const [first, second] = readArguments(cursor, depth, 2);
      if (second) return { kind: 'dict', key: first ?? any, value: second };
      return { kind: 'dict', key: { kind: 'string' }, value: first ?? any };
    }
    case 'tuple':
      return { kind: 'tuple', items: readArguments(cursor, depth, Number.POSITIVE_INFINITY) };
    case 'class':
    case 'var':
      return readNamed(word, cursor);
    default:
      if (word.endsWith('.') || word.includes('..')) cursor.fail('a class name without stray dots before this,');
      return isVariableWord(word) ? { kind: 'variable', name: word } : { kind: 'class', name: word };
  }
}

function readNamed(word: 'class' | 'var', cursor: Cursor): PortType {
  cursor.expect('<');
  const { token } = cursor;
  if (token.kind !== 'value' || typeof token.value !== 'string') return cursor.fail('a name in quotes');
  cursor.next();
  cursor.expect('>');
  return { kind: word === 'class' ? 'class' : 'variable', name: token.value };
}

function readArguments(cursor: Cursor, depth: number, most: number): PortType[] {
  const types: PortType[] = [];
  if (!cursor.take('<')) return types;
  if (cursor.take('>')) return types;
  do {
    if (types.length === most) cursor.fail(`at most ${most} types, so ">"`);
    types.push(readUnion(cursor, depth + 1));
  } while (cursor.take(','));
  cursor.expect('>');
  return types;
}
