import type { NodeType } from '@loom/graph';
import { type FoldedText, foldText, matchText, type TextRange } from './match.js';

/** A node type that answers a query. */
export interface SearchResult {
  readonly type: NodeType;
  /** Which parts of the title matched, for highlighting. Empty when something else did. */
  readonly ranges: readonly TextRange[];
}

interface Searchable {
  readonly title: FoldedText;
  readonly category: FoldedText;
  readonly description: FoldedText;
}

// A title that only has the letters in order still beats a word in a category, and that a word in a description.
const CATEGORY_WEIGHT = 0.2;
const DESCRIPTION_WEIGHT = 0.1;

/** Node types are immutable, so what is derived from one lives as long as it does. */
const searchables = new WeakMap<NodeType, Searchable>();

function searchable(type: NodeType): Searchable {
  let entry = searchables.get(type);
  if (!entry) {
    entry = {
      title: foldText(type.title),
      category: foldText(type.category ?? ''),
      description: foldText(type.description ?? ''),
    };
    searchables.set(type, entry);
  }
  return entry;
}

/**
 * Finds node types by what a person types: every word must be found in the title, the category or the description.
 * Best first: the title starts so, a word of it does, it contains the letters together, it has them in this order;
 * then categories and descriptions. Ties keep the order given. An empty query gives all.
 *
 * @example
 * ```ts
 * searchTypes(library.shelves.flatMap((shelf) => shelf.types), 'rd js'); // finds "Read JSON"
 * ```
 */
export function searchTypes(types: readonly NodeType[], query: string): readonly SearchResult[] {
  const terms = foldText(query.trim()).text.split(/\s+/).filter(Boolean);
  if (terms.length === 0) return types.map((type) => ({ type, ranges: [] }));
  const hits: { result: SearchResult; score: number }[] = [];
  for (const type of types) {
    const hit = score(searchable(type), terms);
    if (hit) hits.push({ result: { type, ranges: hit.ranges }, score: hit.score });
  }
  // Array sorting is stable, which keeps the given order among equals.
  hits.sort((a, b) => b.score - a.score);
  return hits.map((hit) => hit.result);
}

function score(entry: Searchable, terms: readonly string[]): { score: number; ranges: TextRange[] } | undefined {
  let total = 0;
  const ranges: TextRange[] = [];
  for (const term of terms) {
    const inTitle = matchText(entry.title, term);
    if (inTitle) ranges.push(...inTitle.ranges);
    const best =
      inTitle?.score ??
      Math.max(
        CATEGORY_WEIGHT * (matchText(entry.category, term, 'words')?.score ?? 0),
        DESCRIPTION_WEIGHT * (matchText(entry.description, term, 'words')?.score ?? 0),
      );
    if (best === 0) return undefined;
    total += best;
  }
  // Of two titles that match alike, the shorter is closer to what was typed.
  return { score: total / terms.length - Math.min(entry.title.text.length, 100) / 100, ranges };
}
