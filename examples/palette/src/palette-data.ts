/** What the node *Shades* gives, and what is drawn of it. */
export interface Palette {
  readonly rows: readonly { readonly name: string; readonly shades: readonly string[] }[];
}

/** By this MIME type a palette says how it looks. */
export const PALETTE = 'application/vnd.palette+json';

/** Reads a palette from a value that may be anything. Throws when it is none. */
export function readPalette(data: unknown): Palette {
  if (!isPalette(data)) throw new Error('This is not a palette.');
  return data;
}

function isPalette(data: unknown): data is Palette {
  const rows: unknown = typeof data === 'object' && data !== null && 'rows' in data ? data.rows : undefined;
  return Array.isArray(rows) && rows.every(({ name, shades }) => typeof name === 'string' && Array.isArray(shades));
}
