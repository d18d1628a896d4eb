import type { InputPort, OutputPort } from '@loom/graph';
import type { NodeModels } from '../canvas/node/node-model.js';
import type { PortPlace } from './port-place.js';

/** What the type of its node says of a port; undefined when there is no such port. */
export function portAt(models: NodeModels, { node, port, side }: PortPlace): InputPort | OutputPort | undefined {
  const model = models.get(node);
  const ports: readonly (InputPort | OutputPort)[] = (side === 'source' ? model?.outputs : model?.inputs) ?? [];
  return ports.find(({ id }) => id === port);
}
