import { contentHash } from '@loom/graph';

const HUES = [212, 262, 160, 28, 330, 190, 95, 352, 45, 290] as const;

/** A colour for a category: the same one everywhere, and its own for most. */
export function categoryHue(category: string | undefined): string {
  if (category === undefined || category === '') return 'var(--loom-border-strong)';
  const shelf = category.split('/')[0] ?? category;
  let sum = 0;
  for (const character of contentHash(shelf)) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return `hsl(${HUES[sum % HUES.length]} 60% 52%)`;
}
