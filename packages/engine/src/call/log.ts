import { cutText } from '../preview/scalar.js';
import { treeOf } from '../preview/tree.js';

/** Characters of one log line. A longer one is a value, and values have previews. */
const MAX_LINE = 20_000;

/** A line of the log: texts as they are, everything else as bounded JSON. */
export function logText(parts: readonly unknown[]): string {
  const words = parts.map((part) => {
    if (typeof part === 'string') return part;
    if (part instanceof Error) return String(part.stack ?? part);
    try {
      const { json } = treeOf(part);
      return typeof json === 'string' ? json : JSON.stringify(json);
    } catch {
      return '(cannot be shown)';
    }
  });
  return `${cutText(words.join(' '), MAX_LINE)}\n`;
}
