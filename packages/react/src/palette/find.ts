import { foldText, matchText, type TextRange } from '../library/match.js';

/** Something that one can pick by typing its name. */
export interface Pickable {
  readonly key: string;
  readonly title: string;
  /** Beside the title: its keys, its type. */
  readonly detail: string;
  /** Why picking it does not do what the list is for. Read only of those that are shown. */
  readonly refusal?: string | undefined;
  readonly pick: () => void;
}

/** A line of the palette, and what of its title matched. */
export interface Found {
  readonly item: Pickable;
  readonly ranges: readonly TextRange[];
}

const MOST = 60;

/** Finds by what a person types: each word must be in the title. The best first, ties in the order given. */
export function find(items: readonly Pickable[], query: string): readonly Found[] {
  const terms = foldText(query.trim()).text.split(/\s+/).filter(Boolean);
  if (terms.length === 0) return items.slice(0, MOST).map((item) => ({ item, ranges: [] }));
  const hits: { readonly found: Found; readonly score: number }[] = [];
  for (const item of items) {
    const folded = foldText(item.title);
    const matches = terms.map((term) => matchText(folded, term));
    if (matches.some((match) => match === undefined)) continue;
    hits.push({
      found: { item, ranges: matches.flatMap((match) => match?.ranges ?? []) },
      score: matches.reduce((sum, match) => sum + (match?.score ?? 0), 0) - Math.min(item.title.length, 100) / 100,
    });
  }
  return hits
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ found }) => found);
}
