const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"/iy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What may come next. */
type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'nothing';

/**
 * Where a text stops being JSON: the position of the first thing that cannot stand there, the length of the text when
 * it ends too early, undefined when it is JSON. Browsers say it in so many ways, or not at all, that reading their
 * messages does not do. Iterative, so depth is no matter.
 */
export function jsonFault(text: string): number | undefined {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = 0;

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return false;
    at += found[0].length;
    return true;
  };
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma-or-close');

  for (skip(SPACE); at < text.length; skip(SPACE)) {
    const sign = text.charAt(at);
    const container = open.at(-1);
    const closes = sign === (container === '[' ? ']' : '}') && container !== undefined;
    if (closes && (expected === 'comma-or-close' || expected === 'value-or-close' || expected === 'key-or-close')) {
      open.pop();
      at++;
      expected = afterValue();
    } else if (expected === 'value' || expected === 'value-or-close') {
      if (sign === '[' || sign === '{') {
        open.push(sign);
        at++;
        expected = sign === '[' ? 'value-or-close' : 'key-or-close';
      } else if (skip(STRING) || skip(SCALAR)) expected = afterValue();
      else return at;
    } else if (expected === 'key' || expected === 'key-or-close') {
      if (!skip(STRING)) return at;
      expected = 'colon';
    } else if (expected === 'colon' && sign === ':') {
      at++;
      expected = 'value';
    } else if (expected === 'comma-or-close' && sign === ',') {
      at++;
      expected = container === '[' ? 'value' : 'key';
    } else return at;
  }
  return expected === 'nothing' ? undefined : text.length;
}
