import type { NodeType, Shelf } from '@loom/graph';
import charts from '../shelf/charts.py?raw';
import data from '../shelf/data.py?raw';
import logic from '../shelf/logic.py?raw';
import maths from '../shelf/maths.py?raw';
import text from '../shelf/text.py?raw';
import { readPythonModule } from './reader/read-python.js';

/** One module per topic; the topic is the category of its nodes. */
const MODULES: readonly (readonly [topic: string, source: string])[] = [
  ['Data', data],
  ['Maths', maths],
  ['Text', text],
  ['Logic', logic],
  ['Charts', charts],
];

/** These functions keep no state and read nothing but their inputs, which a decorator would otherwise have to say. */
function asPure(type: NodeType): NodeType {
  return { ...type, pure: true };
}

/**
 * The builtin Python nodes: tables, arithmetic, text, decisions and charts, with the standard library only. Their ids
 * are `python/` and the function's name.
 *
 * @example
 * ```ts
 * const library = createLibrary({ shelves: [pythonShelf], readers: { python: readPythonType } });
 * library.resolve(emptyDocument, 'python/filter_rows')?.title; // 'Filter rows'
 * ```
 */
export const pythonShelf: Shelf = {
  name: 'Python',
  get types() {
    read ??= MODULES.flatMap(([topic, source]) =>
      readPythonModule(source, { shelf: topic, idPrefix: 'python/' }).map(asPure),
    );
    return read;
  },
};

/** Read on first use, so that importing the package costs nothing and the shelf can be left out of a bundle. */
let read: readonly NodeType[] | undefined;
