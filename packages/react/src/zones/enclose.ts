import {
  applyOperations,
  canConnect,
  carriedPorts,
  type EdgeId,
  type FlowEdge,
  type NodeId,
  type Operation,
  type PortDeclaration,
  type PortId,
  type ZoneSettings,
} from '@loom/graph';
import type { Box } from '../layout/box.js';
import { HEADER_HEIGHT, ROW_HEIGHT, ROWS_PADDING } from '../layout/node-geometry.js';
import { RAIL_WIDTH, ZONE_PADDING } from '../layout/zone-geometry.js';
import type { LoomStore } from '../store/loom-store.js';
import type { DocumentState } from '../store/state.js';
import { outermost, sharedParent, withContents } from './containment.js';

/** What a selection is put into. */
export type EnclosureKind = ZoneSettings['kind'];

/** A wire that leaves the enclosed nodes, and what the zone calls what it carries. */
interface Leaving {
  readonly id: EdgeId;
  readonly edge: FlowEdge;
  readonly port: PortId;
}

/** The operations that put nodes into a new zone; `lost` counts wires that fit no more. */
export interface Enclosure {
  readonly zone: NodeId;
  readonly operations: readonly Operation[];
  readonly lost: number;
}

/**
 * Puts nodes into a new zone or group around them. What left them by wire becomes what the zone gives, or carries, and the
 * wires go on from there. Undefined when the nodes do not lie in one body.
 */
export function enclose(
  flow: Pick<DocumentState, 'document' | 'library'>,
  selected: ReadonlySet<NodeId>,
  kind: EnclosureKind,
  bounds: Box,
  createId: LoomStore['createId'],
): Enclosure | undefined {
  const { document, library } = flow;
  const { nodes } = document;
  const roots = outermost(nodes, selected);
  const parent = sharedParent(nodes, roots);
  if (roots.some((id) => nodes[id]?.parent !== parent)) return undefined;
  const inside = withContents(nodes, roots);
  const leaving = kind === 'group' ? [] : leavingWires(document.edges, inside);
  const zone = createId('node');
  const settings = settingsOf(kind, [...new Set(leaving.map(({ port }) => port))]);
  const head = HEADER_HEIGHT + (kind === 'group' ? 0 : 2 * ROW_HEIGHT + 2 * ROWS_PADDING);
  const aside = ZONE_PADDING + (kind === 'group' ? 0 : RAIL_WIDTH);
  const base: Operation[] = [
    {
      kind: 'add-node',
      id: zone,
      node: {
        type: `loom/${kind}`,
        position: { x: Math.round(bounds.x - aside), y: Math.round(bounds.y - head - ZONE_PADDING) },
        size: {
          width: Math.round(bounds.width + 2 * aside),
          height: Math.round(bounds.height + head + 2 * ZONE_PADDING),
        },
        settings: { zone: settings },
        ...(parent !== undefined && { parent }),
      },
    },
    ...(leaving.length === 0 ? [] : [{ kind: 'disconnect' as const, ids: leaving.map(({ id }) => id) }]),
    ...roots.map((id): Operation => ({ kind: 'update-node', id, changes: { parent: zone } })),
  ];
  const made = applyOperations(document, base, { library });
  if (!made.ok) return { zone, operations: base, lost: 0 };
  const wires: Operation[] = [];
  let lost = 0;
  let after = made.document;
  for (const wire of rewired(leaving, kind, zone)) {
    const edge: Operation = { kind: 'connect', id: createId('edge'), edge: wire };
    const next = canConnect(after, library, wire).ok ? applyOperations(after, [edge], { library }) : undefined;
    if (next?.ok) {
      wires.push(edge);
      after = next.document;
    } else lost += 1;
  }
  return { zone, operations: [...base, ...wires], lost };
}

function leavingWires(edges: Readonly<Record<EdgeId, FlowEdge>>, inside: ReadonlySet<NodeId>): Leaving[] {
  const ports = new Map<string, PortId>();
  const taken = new Set<PortId>();
  return Object.entries(edges).flatMap(([id, edge]): Leaving[] => {
    if (!inside.has(edge.source) || inside.has(edge.target)) return [];
    const from = JSON.stringify([edge.source, edge.sourcePort]);
    const port = ports.get(from) ?? freePort(edge.sourcePort, taken);
    ports.set(from, port);
    taken.add(port);
    return [{ id, edge, port }];
  });
}

/** Ports that zones have anyway. */
const RESERVED = new Set(['items', 'item', 'index', 'start', 'times', 'continue', 'iterations', 'errors']);

function freePort(wanted: PortId, taken: ReadonlySet<PortId>): PortId {
  const base = wanted.replaceAll('.', '_');
  let port = base;
  for (let count = 2; taken.has(port) || RESERVED.has(port); count += 1) port = `${base}_${count}`;
  return port;
}

function settingsOf(kind: EnclosureKind, ports: readonly PortId[]): ZoneSettings {
  const declared: Record<PortId, PortDeclaration> = Object.fromEntries(ports.map((port) => [port, {}]));
  if (kind === 'group') return { kind };
  if (kind === 'for-each') return ports.length === 0 ? { kind } : { kind, results: declared };
  return ports.length === 0 ? { kind } : { kind, carried: declared };
}

/** For each value that leaves, the wire to the end of the iteration; then the wires that go on from the zone. */
function rewired(leaving: readonly Leaving[], kind: EnclosureKind, zone: NodeId): FlowEdge[] {
  const first = new Map(leaving.map(({ port, edge }) => [port, edge]));
  const toEnd = [...first].map(([port, { source, sourcePort }]) => ({
    source,
    sourcePort,
    target: zone,
    targetPort: kind === 'for-each' ? port : carriedPorts(port).next,
  }));
  return [...toEnd, ...leaving.map(({ edge, port }) => ({ ...edge, source: zone, sourcePort: port }))];
}
