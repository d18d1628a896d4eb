import type { FlowDocument, NodeId, Operation, PortId, PromotedPort } from '@loom/graph';

type Promoted = Readonly<Record<string, PromotedPort>>;

/** Which list of the graph an end of a wire is shown in. */
export type PromotedSide = 'inputs' | 'outputs';

/** The name under which a port is shown on the outside; undefined when it is not. */
export function promotedName(promoted: Promoted, node: NodeId, port: PortId): string | undefined {
  return Object.keys(promoted).find((each) => promoted[each]?.node === node && promoted[each]?.port === port);
}

/** The operation that shows a port on the outside of its graph, or takes it back. */
export function togglePromoted(
  document: Pick<FlowDocument, PromotedSide>,
  side: PromotedSide,
  node: NodeId,
  port: PortId,
): Operation {
  const promoted = document[side];
  const name = promotedName(promoted, node, port);
  const next = name === undefined ? withPort(promoted, node, port) : without(promoted, name);
  return { kind: 'update-flow', changes: { [side]: next } };
}

function withPort(promoted: Promoted, node: NodeId, port: PortId): Promoted {
  let name = port;
  for (let count = 2; Object.hasOwn(promoted, name); count += 1) name = `${port}_${count}`;
  return { ...promoted, [name]: { node, port } };
}

function without(promoted: Promoted, name: string): Promoted {
  return Object.fromEntries(Object.entries(promoted).filter(([each]) => each !== name));
}
