/** A step into a value: an index, a key, or a key that is no string. */
export type PathStep = string | number;

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** Writes a path for people: `rows[3].when`, `["a b"][0]`; `the value` for the value itself. */
export function formatPath(steps: readonly PathStep[]): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (IDENTIFIER.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? 'the value' : text;
}
