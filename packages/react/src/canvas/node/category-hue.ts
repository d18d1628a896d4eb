import { contentHash } from '@loom/graph';

/** Apart from each other, and from the red of failures. */
const HUES = [214, 262, 164, 38, 300, 192, 120, 240] as const;

/** Of shelves that were asked for: a picture of ten thousand nodes asks for each of them. */
const known = new Map<string, string>();
const MOST_KNOWN = 1000;

/** A colour for a category: the same one everywhere, and its own for most. */
export function categoryHue(category: string | undefined): string {
  if (category === undefined || category === '') return 'var(--loom-border-strong)';
  const hue = known.get(category) ?? hueOf(category);
  if (known.size < MOST_KNOWN) known.set(category, hue);
  return hue;
}

function hueOf(category: string): string {
  const shelf = category.split('/')[0] ?? category;
  let sum = 0;
  for (const character of contentHash(shelf)) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return `hsl(${HUES[sum % HUES.length]} 52% 54%)`;
}
