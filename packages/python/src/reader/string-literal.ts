const OPENING = /^([A-Za-z]*)('''|"""|'|")/;
const ESCAPE =
  /\\(?:(\r\n|\n|\r)|([0-7]{1,3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(N\{[^}]*\})|([\s\S]))/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The value of one Python string literal. Undefined for bytes and format strings, for a literal without its closing
 * quote, and for escapes that only Python's own tables can resolve (`\N{…}`).
 */
export function decodeString(literal: string): string | undefined {
  const opening = OPENING.exec(literal);
  const prefix = opening?.[1]?.toLowerCase() ?? '';
  const quote = opening?.[2] ?? '';
  if (!opening || /[bft]/.test(prefix)) return undefined;
  if (literal.length < opening[0].length + quote.length || !literal.endsWith(quote)) return undefined;
  const body = literal.slice(opening[0].length, literal.length - quote.length).replace(/\r\n?/g, '\n');
  if (prefix.includes('r') || !body.includes('\\')) return body;
  let readable = true;
  const value = body.replace(
    ESCAPE,
    (whole, newline, octal, hex, four, eight, named, character: string | undefined) => {
      if (newline !== undefined) return '';
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const code = hex ?? four ?? eight;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        if (point <= 0x10ffff) return String.fromCodePoint(point);
      }
      if (code !== undefined || named !== undefined || character === 'x' || character === 'u' || character === 'U') {
        readable = false;
        return '';
      }
      // Python keeps the backslash of an escape that it does not know.
      return (character !== undefined && Object.hasOwn(SIMPLE, character) && SIMPLE[character]) || whole;
    },
  );
  return readable ? value : undefined;
}
