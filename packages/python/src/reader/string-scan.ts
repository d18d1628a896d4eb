/** What may stand before a quote: raw, bytes, format and template strings. */
export const stringPrefix = /^(?:[bB][rR]?|[rR][bBfFtT]?|[uU]|[fFtT][rR]?)$/;

/** Where a string ends; `open` is the offset of a quote that is never closed. */
export interface StringScan {
  readonly end: number;
  readonly open?: number;
}

/** A level of a string: text, a `{field}` of a format string, or the format after the colon of a field. */
type Level =
  | { readonly kind: 'text'; readonly quote: string; readonly format: boolean; readonly from: number }
  | { readonly kind: 'field'; brackets: number }
  | { readonly kind: 'spec' };

/**
 * Finds the end of the string whose quote is at `quoteAt`. Format strings may hold strings that hold format strings;
 * the levels are kept in a list, so depth costs no stack.
 */
export function scanString(source: string, quoteAt: number, prefix: string): StringScan {
  const levels: Level[] = [];
  const start = (at: number, letters: string): number => {
    const character = source.charAt(at);
    const quote = source.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
    levels.push({ kind: 'text', quote, format: /[ft]/.test(letters), from: at });
    return at + quote.length;
  };
  let at = start(quoteAt, prefix);
  while (at < source.length) {
    const level = levels[levels.length - 1];
    if (!level) return { end: at };
    const character = source.charAt(at);
    if (level.kind === 'text') {
      if (character === '\\') {
        at += source.startsWith('\r\n', at + 1) ? 3 : 2;
      } else if (source.startsWith(level.quote, at)) {
        at += level.quote.length;
        levels.pop();
        if (levels.length === 0) return { end: at };
      } else if ((character === '\n' || character === '\r') && level.quote.length === 1) {
        return { end: at, open: level.from };
      } else if (character === '{' && level.format) {
        if (source[at + 1] === '{') at += 2;
        else {
          levels.push({ kind: 'field', brackets: 0 });
          at++;
        }
      } else at++;
    } else if (level.kind === 'field') {
      if (character === '"' || character === "'") {
        at = start(at, prefixBefore(source, at));
      } else {
        if ('([{'.includes(character)) level.brackets++;
        else if (character === '}' && level.brackets === 0) levels.pop();
        else if (')]}'.includes(character)) level.brackets = Math.max(0, level.brackets - 1);
        else if (character === ':' && level.brackets === 0) levels.push({ kind: 'spec' });
        at++;
      }
    } else if (character === '{') {
      levels.push({ kind: 'field', brackets: 0 });
      at++;
    } else if (character === '}') {
      // Ends the format and the field that it belongs to.
      levels.pop();
      levels.pop();
      at++;
    } else if (closesOuter(source, at, levels)) {
      return { end: at + 1, open: quoteAt };
    } else {
      at++;
    }
  }
  return levels.length === 0 ? { end: at } : { end: source.length, open: quoteAt };
}

function prefixBefore(source: string, quoteAt: number): string {
  const letters = /[A-Za-z]*$/.exec(source.slice(Math.max(0, quoteAt - 3), quoteAt))?.[0] ?? '';
  return stringPrefix.test(letters) ? letters.toLowerCase() : '';
}

/** A format holds no quotes: one that closes the text around it shows that the brace is open. */
function closesOuter(source: string, at: number, levels: readonly Level[]): boolean {
  const outer = levels.findLast((level) => level.kind === 'text');
  return outer?.kind === 'text' && outer.quote.length === 1 && source.startsWith(outer.quote, at);
}
