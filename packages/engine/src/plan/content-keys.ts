import type { FlowDocument, Library, NodeId } from '@loom/graph';
import { compileFlow } from '../flow/compile.js';
import { KeyTable } from './keys.js';

/** The content keys of one document. */
export interface ContentKeys {
  /** The key of a node; undefined when the document has no such node, empty when it waits for itself. */
  of(node: NodeId): string | undefined;
}

/**
 * Tells whether a result still belongs to its node: what a node computes follows from its code, literals, environment and
 * everything upstream, and its key is the hash of these. A result made from an earlier document is out of date when the
 * keys differ, and undo makes them equal again. Positions and labels do not count. Promoted inputs of a run are left out.
 *
 * Keys are computed when they are first asked for, a few microseconds each.
 *
 * @example
 * ```ts
 * const isStale = contentKeys(before, library).of('chart') !== contentKeys(now, library).of('chart');
 * ```
 */
export function contentKeys(document: FlowDocument, library: Library): ContentKeys {
  const keys = new KeyTable(compileFlow(document, library), new Map());
  return {
    of(node) {
      const index = keys.flow.indexOf.get(node);
      return index === undefined ? undefined : keys.keyOf(index);
    },
  };
}
