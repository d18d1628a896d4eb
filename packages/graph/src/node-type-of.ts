import type { FlowDocument, FlowNode } from './document.js';
import type { Library } from './library.js';
import type { NodeType } from './node-type.js';
import { switchType } from './switch-type.js';
import { repeatingZone } from './zone-body.js';
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
  return typeAsSet(node, library.resolve(document, node.type));
}

/** What the settings of a node make of its type. */
export function typeAsSet(node: FlowNode, type: NodeType | undefined): NodeType | undefined {
  const zone = repeatingZone(node);
  if (zone) return zoneType(node.type, zone, type);
  const { implementation } = type ?? {};
  if (type && implementation?.kind === 'control' && implementation.control === 'switch') {
    return switchType(type, node.settings?.cases);
  }
  return type;
}
