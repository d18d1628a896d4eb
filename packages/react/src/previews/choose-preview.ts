import type { Preview } from '@loom/engine';

/** Loom's own types: see `TablePage` and `Preview` of `@loom/engine`. */
export const TABLE_MIME = 'application/vnd.loom.table+json';
export const TREE_MIME = 'application/vnd.loom.tree+json';

/** The built-in views, the richest first. A table beats the HTML that a data frame also offers: it scrolls and pages. */
export const RANKED_MIMES: readonly string[] = [
  TABLE_MIME,
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'text/html',
  'text/markdown',
  TREE_MIME,
  'application/json',
  'text/plain',
];

/**
 * The MIME types of a preview that can be shown, the best first: those that the app draws itself, in the order of the
 * value, then the built-in ones by rank. Empty when there is no view for any.
 *
 * @example
 * ```ts
 * choosePreviews({ data: { 'text/plain': 'x', 'text/html': '<b>x</b>' }, truncated: false }, []);
 * // ['text/html', 'text/plain']
 * ```
 */
export function choosePreviews(preview: Preview, own: readonly string[]): readonly string[] {
  const offered = Object.keys(preview.data);
  const drawnByApp = offered.filter((mime) => own.includes(mime));
  const builtIn = RANKED_MIMES.filter((mime) => Object.hasOwn(preview.data, mime) && !own.includes(mime));
  return [...drawnByApp, ...builtIn];
}
