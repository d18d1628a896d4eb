/** A name that no source has, so that what ends with its export is read and never run. */
const NOWHERE = 'loom_is_nowhere';

/**
 * The line at which a source stops being JavaScript; undefined when it is not this source that is wrong. Engines do not say it of
 * a module that they import, but they say the same of any beginning of it that has the fault in it, and something else of those
 * that end before.
 */
export async function syntaxErrorLine(
  source: string,
  message: string,
  loadModule: (source: string) => Promise<unknown>,
): Promise<number | undefined> {
  const lines = source.trimEnd().split('\n');
  const faultOf = async (count: number): Promise<string> => {
    const beginning = lines.slice(0, count).join('\n');
    const thrown = await loadModule(`${beginning}\nexport { ${NOWHERE} };`).catch((fault: unknown) => fault);
    return String((thrown as { readonly message?: unknown } | null)?.message);
  };
  const whole = await faultOf(lines.length);
  // What ends too early has its fault at the end, and none when something follows.
  if (whole !== message) return whole.includes(NOWHERE) ? undefined : lines.length;
  let before = 0;
  let line = lines.length;
  while (line - before > 1) {
    const middle = (before + line) >> 1;
    if ((await faultOf(middle)) === message) line = middle;
    else before = middle;
  }
  return line;
}
