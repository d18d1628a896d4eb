import { contentHash, type FlowDocument, type Library, type NodeId } from '@loom/graph';
import { compileFlow } from '../flow/compile.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { keysOf } from './keys.js';
import { bodyKey } from './own-key.js';
import { zonesAround } from './root-index.js';

/** The content keys of one document. */
export interface ContentKeys {
  /** The key of a node; undefined when the document has no such node, empty when it waits for itself. */
  of(node: NodeId): string | undefined;
}

/**
 * Tells whether a result still belongs to its node: what a node computes follows from its code, literals, environment and
 * everything upstream, and its key is the hash of these. A result made from an earlier document is out of date when the
 * keys differ, and undo makes them equal again. Positions and labels do not count. Promoted inputs of a run are left out.
 * The key of a node in a zone has in it what goes into the zone; groups have none.
 *
 * Keys are computed when they are first asked for, well under a microsecond each, and a few for code and literals that were
 * never seen.
 *
 * @example
 * ```ts
 * const isStale = contentKeys(before, library).of('chart') !== contentKeys(now, library).of('chart');
 * ```
 */
export function contentKeys(document: FlowDocument, library: Library): ContentKeys {
  const flow = compileFlow(document, library);
  const keys = keysOf(flow);
  return {
    of(node) {
      const index = flow.indexOf.get(node);
      return index === undefined ? innerKey(flow, node) : keys.keyOf(index);
    },
  };
}

/** The key of a node in zones: its key in the body, with what each zone around it is given. */
function innerKey(flow: CompiledFlow, id: NodeId): string | undefined {
  const parts: string[] = [];
  let body = flow;
  for (const zone of zonesAround(flow.document, id)) {
    const index = body.indexOf.get(zone);
    const container = index === undefined ? undefined : body.containers?.get(index);
    if (index === undefined || container?.kind !== 'zone') return undefined;
    parts.push(keysOf(body).entryKeyOf(index));
    // What is carried makes each iteration depend on all of the one before.
    if (container.zone.kind !== 'for-each') parts.push(bodyText(container.body));
    body = container.body;
  }
  const index = body.indexOf.get(id);
  const key = index === undefined ? undefined : keysOf(body).keyOf(index);
  return key === undefined || key === '' ? key : contentHash([...parts, key].join());
}

function bodyText(body: CompiledFlow): string {
  const { high, low } = bodyKey(body);
  return `${high} ${low}`;
}
