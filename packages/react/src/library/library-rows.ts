import type { NodeType, Shelf, TypeId } from '@loom/graph';
import type { TextRange } from './match.js';
import { searchTypes } from './search.js';

/** One line of the library panel. */
export type LibraryRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      /** The path of the category, such as `['Data', 'Filter']`. */
      readonly path: readonly string[];
      readonly size: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'type';
      readonly key: string;
      readonly type: NodeType;
      /** What of the title matched a search. */
      readonly ranges: readonly TextRange[];
      readonly level: 1 | 2;
    };

/** Types in the order of their shelves, by category; a type without one is filed under the name of its shelf. */
export function groupTypes(shelves: readonly Shelf[]): ReadonlyMap<string, readonly NodeType[]> {
  const groups = new Map<string, NodeType[]>();
  const seen = new Set<TypeId>();
  for (const shelf of shelves) {
    for (const type of shelf.types) {
      // Of two types with one id the first shelf's is the one that a flow gets.
      if (seen.has(type.id)) continue;
      seen.add(type.id);
      const category = type.category ?? shelf.name;
      const group = groups.get(category);
      if (group) group.push(type);
      else groups.set(category, [type]);
    }
  }
  return groups;
}

/** The lines without a search: categories, and under those that are open their types. */
export function libraryRows(
  groups: ReadonlyMap<string, readonly NodeType[]>,
  isOpen: (category: string) => boolean,
): readonly LibraryRow[] {
  return [...groups].flatMap(([category, types]): LibraryRow[] => {
    const open = isOpen(category);
    const path = category.split('/').filter(Boolean);
    const head: LibraryRow = { kind: 'group', key: `group:${category}`, path, size: types.length, isOpen: open };
    return open ? [head, ...types.map((type) => typeRow(type, [], 2))] : [head];
  });
}

/** The lines of a search: types, the best first. */
export function foundRows(types: readonly NodeType[], query: string): readonly LibraryRow[] {
  return searchTypes(types, query).map(({ type, ranges }) => typeRow(type, ranges, 1));
}

function typeRow(type: NodeType, ranges: readonly TextRange[], level: 1 | 2): LibraryRow {
  return { kind: 'type', key: `type:${type.id}`, type, ranges, level };
}
