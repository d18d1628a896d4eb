// Escape sequences of terminals: control sequences (colours, cursor), operating system commands (titles, links), and
// two-character ones. Written with escapes so that no control characters stand in this file.
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[PX^_][^\u001b]*(?:\u001b\\)?|\u001b[ -/]*[0-~]|\u009b[0-?]*[ -/]*[@-~]/g;
/** What is left of control characters would be drawn as boxes. Tab and line break stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Output as a terminal would leave it behind, without its colours: escape sequences are gone, and a line that was
 * drawn over with carriage returns (a progress bar) shows its last state.
 *
 * @example
 * ```ts
 * plainText('\u001b[31mred\u001b[0m'); // 'red'
 * plainText('10%\r20%\r30%'); // '30%'
 * ```
 */
export function plainText(output: string): string {
  const text = output.replace(ESCAPES, '').replace(/\r\n/g, '\n').replace(/\n$/, '');
  const lines = text.includes('\r') ? text.split('\n').map(lastDrawn).join('\n') : text;
  return lines.replace(CONTROLS, '');
}

function lastDrawn(line: string): string {
  return line.split('\r').findLast((part) => part !== '') ?? '';
}
