import { type Json, type NodeId, nodePorts, nodeTypeOf, type PortId } from '@loom/graph';
import { inputProblem } from '@loom/graph/schema';
import { isEscaping, isInnerInput, isZone, needsOf, type Shape, wiresOf } from './graph-shape.js';
import { isIndispensable, type Literals } from './node-inputs.js';
import { containsItself } from './subgraph-shape.js';

/** Why a node cannot run, known without running anything. */
export interface Blockade {
  /** Absent where no rule says which. */
  readonly code?: string;
}

/** Why a node that is about to start cannot; undefined when it can. Of several reasons any may be told. */
export function blockadeOf(
  shape: Shape,
  node: NodeId,
  literals: Literals,
  isBrought: (port: PortId) => boolean,
): Blockade | undefined {
  const faults = [
    structuralFault(shape, node),
    zoneFault(shape, node),
    wiringFault(shape, node),
    ...literalFaults(shape, node, literals, isBrought),
  ].filter((fault) => fault !== undefined);
  const codes = new Set(faults.map(({ code }) => code));
  return codes.size > 1 ? {} : faults[0];
}

export function isOnCycle(shape: Shape, body: NodeId | undefined, node: NodeId): boolean {
  return needsOf(shape, body, node).has(node);
}

function structuralFault(shape: Shape, id: NodeId): Blockade | undefined {
  const node = shape.graph.nodes[id];
  const type = node && nodeTypeOf(shape.graph, shape.library, node);
  if (!node || !type) return { code: 'node/unknown-type' };
  if (type.problems.some(({ severity }) => severity === 'error')) return {};
  if (type.implementation.kind === 'missing') return { code: 'node/unknown-type' };
  if (containsItself(shape.graph, node.type)) return { code: 'subgraph/recursive' };
  return undefined;
}

function zoneFault(shape: Shape, node: NodeId): Blockade | undefined {
  if (wiresOf(shape).some((wire) => wire.target === node && isEscaping(shape, wire)))
    return { code: 'zone/escaping-wire' };
  const isBypassed = shape.graph.nodes[node]?.settings?.mode === 'bypassed';
  return isBypassed && isZone(shape, node) ? { code: 'zone/no-bypass' } : undefined;
}

function wiringFault(shape: Shape, node: NodeId): Blockade | undefined {
  const { inputs } = nodePorts(shape.graph, shape.library, node);
  const ends = wiresOf(shape).filter(({ target }) => target === node);
  const isFaulty = ends.some(({ targetPort }) => {
    const port = inputs.find(({ id }) => id === targetPort);
    return !port || (!port.multiple && ends.filter((other) => other.targetPort === targetPort).length > 1);
  });
  return isFaulty ? {} : undefined;
}

function literalFaults(
  shape: Shape,
  node: NodeId,
  literals: Literals,
  isBrought: (port: PortId) => boolean,
): Blockade[] {
  const wired = new Set(
    wiresOf(shape)
      .filter(({ target }) => target === node)
      .map(({ targetPort }) => targetPort),
  );
  const free = nodePorts(shape.graph, shape.library, node).inputs.filter(
    ({ id }) => !wired.has(id) && !isBrought(id) && !isInnerInput(shape, node, id),
  );
  return free.flatMap((port): Blockade[] => {
    const literal = literals(port.id);
    if (literal === undefined) return isIndispensable(shape, node, port) ? [{ code: 'node/missing-input' }] : [];
    return inputProblem(literal.value as Json, port) === undefined ? [] : [{}];
  });
}
