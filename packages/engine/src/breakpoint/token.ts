import { syntaxError } from './fault.js';

const SIGNS = [
  '===',
  '!==',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '<',
  '>',
  '!',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
] as const;

/** What a condition is made of besides words and literals. */
export type Sign = (typeof SIGNS)[number];

/** A piece of a condition. Columns start at 1 and count UTF-16 units, as editors do. */
export type Token = { readonly column: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: Sign }
  | { readonly kind: 'end' }
);

const SPACE = /\s*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{ID_Start}_$][\p{ID_Continue}$]*/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/**
 * Cuts a condition into pieces; the last is always `end`.
 *
 * @throws LoomError `breakpoint/syntax`
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = match(SPACE, text, 0).length;
  while (at < text.length) {
    const [token, length] = tokenAt(text, at);
    tokens.push(token);
    at += length;
    at += match(SPACE, text, at).length;
  }
  tokens.push({ kind: 'end', column: text.length + 1 });
  return tokens;
}

function tokenAt(text: string, at: number): [token: Token, length: number] {
  const column = at + 1;
  const quote = text.charAt(at);
  if (quote === '"' || quote === "'") return textAt(text, at);
  const digits = match(NUMBER, text, at);
  if (digits !== '') {
    const more = match(WORD, text, at + digits.length);
    if (more !== '') throw syntaxError(`"${digits}${more}" is neither a number nor a name.`, column);
    return [{ kind: 'number', value: Number(digits), column }, digits.length];
  }
  const word = match(WORD, text, at);
  if (word !== '') return [{ kind: 'word', value: word, column }, word.length];
  const sign = SIGNS.find((candidate) => text.startsWith(candidate, at));
  if (sign) return [{ kind: 'sign', value: sign, column }, sign.length];
  if (quote === '=') throw syntaxError('A single "=" means nothing here. To compare, write "==".', column);
  const [character = ''] = text.slice(at, at + 2); // whole characters, also those of two units
  throw syntaxError(`"${character}" means nothing here.`, column);
}

function textAt(text: string, start: number): [token: Token, length: number] {
  const quote = text.charAt(start);
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === quote) return [{ kind: 'text', value, column: start + 1 }, at + 1 - start];
    if (character !== '\\') {
      value += character;
      continue;
    }
    at++;
    const code = /^u([\da-fA-F]{4})/.exec(text.slice(at, at + 5))?.[1];
    const meant = ESCAPES[text.charAt(at)];
    if (code !== undefined) {
      value += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
    } else if (meant !== undefined) {
      value += meant;
    } else {
      throw syntaxError(`"\\${text.charAt(at)}" stands for nothing. A backslash itself is written "\\\\".`, at);
    }
  }
  throw syntaxError(`This text has no end. Close it with ${quote}.`, start + 1);
}

/** What a sticky pattern finds at a place; empty when nothing. */
function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
