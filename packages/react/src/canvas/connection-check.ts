import {
  ancestors,
  canConnect,
  descendants,
  type FlowDocument,
  type Library,
  type NodeId,
  type PortId,
  type PortType,
  unify,
  wireType,
  zoneOf,
} from '@loom/graph';
import { type Connecting, edgeTo } from '../store/session.js';
import type { DocumentState } from '../store/state.js';
import type { NodeModels } from './node/node-model.js';

/** Says whether a wire under construction may end at a port. `fits` is quick, for dimming; `check` has the last word. */
export interface ConnectionCheck {
  readonly connecting: Connecting;
  fits(node: NodeId, port: PortId, side: 'source' | 'target', type: PortType): boolean;
  check(node: NodeId, port: PortId): ReturnType<typeof canConnect>;
}

/** The document without the wire that is being moved: it does not stand in its own way. */
function withoutReplaced(document: FlowDocument, replacing: string | undefined): FlowDocument {
  if (replacing === undefined || !Object.hasOwn(document.edges, replacing)) return document;
  const { [replacing]: _, ...edges } = document.edges;
  return { ...document, edges };
}

/** Prepares the answers for one wire. Nodes that would close a cycle are found once, not once per port. */
export function createConnectionCheck(
  flow: Pick<DocumentState, 'document' | 'library'>,
  models: NodeModels,
  connecting: Connecting,
): ConnectionCheck {
  const library: Library = flow.library;
  const document = withoutReplaced(flow.document, connecting.replacing);
  const blocked =
    connecting.side === 'source' ? ancestors(document, [connecting.node]) : descendants(document, [connecting.node]);
  const from = models.get(connecting.node);
  const input = from?.inputs.find((port) => port.id === connecting.port);
  const fromType =
    connecting.side === 'source'
      ? from?.outputs.find((port) => port.id === connecting.port)?.type
      : input && wireType(input);
  const check = (node: NodeId, port: PortId) => canConnect(document, library, edgeTo(connecting, node, port));
  const isAtZone = atZone(document, connecting.node);
  const answers = new Map<string, boolean>();
  /** Between zones, and from one end of an iteration to the other, only the graph knows. It is asked once for a port. */
  function connects(node: NodeId, port: PortId): boolean {
    const key = JSON.stringify([node, port]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = check(node, port);
    const fits = answer.ok || answer.code === 'edge/already-connected';
    answers.set(key, fits);
    return fits;
  }
  return {
    connecting,
    fits(node, port, side, type) {
      if (side === connecting.side) return node === connecting.node && port === connecting.port;
      if (fromType === undefined) return false;
      if (!(side === 'target' ? unify(fromType, type) : unify(type, fromType)).ok) return false;
      if (isAtZone || atZone(document, node)) return connects(node, port);
      return node !== connecting.node && !blocked.has(node);
    },
    check,
  };
}

/** Whether a node is a zone, or lies in one. */
function atZone(document: FlowDocument, node: NodeId): boolean {
  return document.nodes[node]?.settings?.zone !== undefined || zoneOf(document, node) !== undefined;
}
