import type { Preview } from '@loom/engine';

/** Loom's own types: see `TablePage` and `Preview` of `@loom/engine`. */
export const TABLE_MIME = 'application/vnd.loom.table+json';
export const TREE_MIME = 'application/vnd.loom.tree+json';
/** Name, type and size of a file; what is in it is loaded when somebody wants it. */
export const FILE_MIME = 'application/vnd.loom.file+json';

/** A list of things that have looks of their own: each item as it looks. */
export const GALLERY_MIME = 'application/vnd.loom.gallery+json';

/** The built-in views, the richest first. A table beats the HTML that a data frame also offers: it scrolls and pages. */
const RANKED_MIMES: readonly string[] = [
  GALLERY_MIME,
  TABLE_MIME,
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  'text/html',
  'text/markdown',
];

/** What says the least comes last. */
const PLAIN_MIMES: readonly string[] = [FILE_MIME, TREE_MIME, 'application/json', 'text/plain'];

/** What is handed out as a file. */
const FILE_MIMES: readonly string[] = ['application/pdf', 'application/zip', 'application/octet-stream', 'text/csv'];

/** Whether a browser plays it. */
export function isPlayed(mime: string): boolean {
  return /^(audio|video)\/[\w.+-]+$/.test(mime);
}

/** Whether it is handed out as a file. */
export function isFile(mime: string): boolean {
  return FILE_MIMES.includes(mime);
}

/**
 * The MIME types of a preview that can be shown, the best first: those that the app draws itself, in the order of the
 * value, then the built-in ones by rank: what plays comes before pictures, and files before plain data. Empty when there is no
 * view for any.
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
  const others = offered.filter((mime) => !own.includes(mime));
  const ranked = (mimes: readonly string[]) => mimes.filter((mime) => others.includes(mime));
  return [
    ...drawnByApp,
    ...others.filter(isPlayed),
    ...ranked(RANKED_MIMES),
    ...others.filter(isFile),
    ...ranked(PLAIN_MIMES),
  ];
}
