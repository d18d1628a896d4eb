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
} from '@loom/graph';
import { type Connecting, edgeTo } from '../store/session.js';
import type { DocumentState } from '../store/state.js';
import type { NodeModels } from './node-model.js';

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
  return {
    connecting,
    fits(node, port, side, type) {
      if (node === connecting.node) return port === connecting.port && side === connecting.side;
      if (side === connecting.side || blocked.has(node) || fromType === undefined) return false;
      return (side === 'target' ? unify(fromType, type) : unify(type, fromType)).ok;
    },
    check: (node, port) => canConnect(document, library, edgeTo(connecting, node, port)),
  };
}
