import { type NodeId, type PortId, type PortType, portTypesEqual, wireType } from '@loom/graph';
import type { ConnectionCheck } from '../canvas/connection-check.js';
import type { NodeModel, NodeModels } from '../canvas/node/node-model.js';

/** A port that a wire may be asked to end at. */
export interface WireTarget {
  readonly node: NodeId;
  readonly port: PortId;
  readonly nodeTitle: string;
  readonly portTitle: string;
  readonly type: PortType;
  /** As far as types tell: a wire that would close a circle is refused all the same. */
  readonly fits: boolean;
}

/**
 * The ports at the other side of the flow, in the order in which one is likely to want them: those that fit before those
 * that do not, those of the same type before those that take more, free ones before taken ones, those ahead before those behind, near before far.
 */
export function wireTargets(models: NodeModels, check: ConnectionCheck): readonly WireTarget[] {
  const { connecting } = check;
  const from = models.get(connecting.node);
  if (from === undefined) return [];
  const side = connecting.side === 'source' ? 'target' : 'source';
  const fromPort = (connecting.side === 'source' ? from.outputs : from.inputs).find(({ id }) => id === connecting.port);
  const ranked: { readonly target: WireTarget; readonly rank: number }[] = [];
  for (const model of models.values()) {
    for (const { port, type, taken } of portsAt(model, side)) {
      if (model.id === connecting.node && port.inner !== true) continue;
      const fits = check.fits(model.id, port.id, side, type);
      const target: WireTarget = {
        node: model.id,
        port: port.id,
        nodeTitle: model.title,
        portTitle: port.title,
        type: port.type,
        fits,
      };
      const isAlike = fromPort !== undefined && portTypesEqual(fromPort.type, type);
      const rank = (fits ? 0 : 4) + (isAlike ? 0 : 2) + (taken ? 1 : 0);
      ranked.push({ target, rank: rank * FAR + Math.min(distance(from, model, side), FAR - 1) });
    }
  }
  return ranked.sort((a, b) => a.rank - b.rank).map(({ target }) => target);
}

/** In flow units: how far apart two nodes may lie and still be told apart by it. */
const FAR = 1e7;

/** Wires lead from left to right: what lies behind comes after all that lies ahead. */
const BEHIND = 1e6;

function distance(from: NodeModel, to: NodeModel, side: 'source' | 'target'): number {
  const x = to.node.position.x - from.node.position.x;
  const isAhead = side === 'target' ? x > 0 : x < 0;
  return Math.hypot(x, to.node.position.y - from.node.position.y) + (isAhead ? 0 : BEHIND);
}

function portsAt(model: NodeModel, side: 'source' | 'target') {
  return side === 'source'
    ? model.outputs
        .filter(({ id }) => !model.goneOutputs.has(id))
        .map((port) => ({ port, type: port.type, taken: false }))
    : model.inputs
        .filter(({ id }) => !model.goneInputs.has(id))
        .map((port) => ({
          port,
          type: wireType(port),
          taken: port.multiple !== true && model.connectedInputs.has(port.id),
        }));
}
