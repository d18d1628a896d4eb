import type { EdgeId, FlowDocument } from '@loom/graph';
import type { NodeModels } from '../canvas/node/node-model.js';
import type { Messages } from '../messages/messages.js';
import { portAt } from './port-at.js';

/** What a wire begins or ends at, for people: the names of the node and of the port. Empty where there is no such wire. */
export function wireEndText(
  models: NodeModels,
  edges: FlowDocument['edges'],
  messages: Messages,
  wire: EdgeId,
  side: 'source' | 'target',
): string {
  const edge = edges[wire];
  if (edge === undefined) return '';
  const [node, port] = side === 'source' ? [edge.source, edge.sourcePort] : [edge.target, edge.targetPort];
  return messages.wireEnd(models.get(node)?.title ?? node, portAt(models, { node, port, side })?.title ?? port);
}
