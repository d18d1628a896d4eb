import type { FlowDocument, FlowNode } from './document.js';
import type { Library } from './library.js';
import type { NodeType } from './node-type.js';
import { switchType } from './switch-type.js';
import { zoneType } from './zone-type.js';

/**
 * The type of a node as it is set: zones and switches get their ports from the settings of the node, all others from
 * their type alone. The same question gives the same object, as long as the answer is the same.
 *
 * @returns undefined when nobody defines the type.
 * @example
 * ```ts
 * nodeTypeOf(document, library, document.nodes.loop)?.outputs.filter(({ inner }) => inner);
 * ```
 */
export function nodeTypeOf(
  document: Pick<FlowDocument, 'types'>,
  library: Library,
  node: FlowNode,
): NodeType | undefined {
  const type = library.resolve(document, node.type);
  const zone = node.settings?.zone;
  if (zone && zone.kind !== 'group') return zoneType(node.type, zone, type);
  const { implementation } = type ?? {};
  if (type && implementation?.kind === 'control' && implementation.control === 'switch') {
    return switchType(type, node.settings?.cases);
  }
  return type;
}
