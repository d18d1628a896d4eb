import type { FlowDocument, Library, NodeId } from '@loom/graph';
import type { RunCause } from '../api.js';
import { compileFlow } from '../flow/compile.js';
import { keyChanges } from './key-changes.js';
import { keysOf } from './keys.js';
import { zonesAround } from './root-index.js';

/** A flow with the node types that it is read with. */
export interface FlowVersion {
  readonly document: FlowDocument;
  readonly library: Library;
}

/**
 * In what a node differs between two versions of a flow, as far as its result follows from it; empty when in nothing, so that the
 * result is the same. A node in a zone stands for the outermost zone that it is in. Promoted inputs of a run are left out.
 *
 * @returns undefined when one of the versions has no such node
 * @example
 * ```ts
 * const causes = resultChanges('chart', { document: before, library }, { document: after, library });
 * if (causes?.some(({ kind }) => kind === 'code')) console.log('Its code was edited.');
 * ```
 */
export function resultChanges(node: NodeId, before: FlowVersion, after: FlowVersion): readonly RunCause[] | undefined {
  const [then, now] = [keyedIn(before, node), keyedIn(after, node)];
  return then && now && keyChanges(now, then);
}

function keyedIn({ document, library }: FlowVersion, id: NodeId) {
  const flow = compileFlow(document, library);
  const [outermost = id] = zonesAround(document, id);
  const node = flow.indexOf.get(outermost);
  return node === undefined ? undefined : { keys: keysOf(flow), node };
}
