import {
  carriedPorts,
  type FlowDocument,
  graphIndex,
  type NodeId,
  type Operation,
  type PortDeclaration,
  type PortId,
  type ZoneSettings,
  zoneCarried,
  zoneResults,
} from '@loom/graph';

/** Zones that repeat what lies in them. */
export type RepeatingSettings = Exclude<ZoneSettings, { readonly kind: 'group' }>;

/** What a zone gives or carries, by name. */
export function zoneNames(zone: RepeatingSettings): Readonly<Record<PortId, PortDeclaration>> {
  return zone.kind === 'for-each' ? zoneResults(zone) : zoneCarried(zone);
}

/** The operations that give a zone these results or carried values. Wires at those that go are taken away with them. */
export function renameOperations(
  document: FlowDocument,
  id: NodeId,
  zone: RepeatingSettings,
  names: readonly PortId[],
): Operation[] {
  const before = zoneNames(zone);
  const declared = Object.fromEntries(names.map((name) => [name, before[name] ?? {}]));
  const next = zone.kind === 'for-each' ? { ...zone, results: declared } : { ...zone, carried: declared };
  const gone = new Set(
    Object.keys(before)
      .filter((name) => !names.includes(name))
      .flatMap((name) => [name, carriedPorts(name).current, carriedPorts(name).next]),
  );
  const index = graphIndex(document);
  const wires = new Set(
    [...index.incoming(id), ...index.outgoing(id)].filter((wire) => {
      const edge = document.edges[wire];
      if (edge === undefined) return false;
      return (edge.source === id && gone.has(edge.sourcePort)) || (edge.target === id && gone.has(edge.targetPort));
    }),
  );
  return [
    ...(wires.size === 0 ? [] : [{ kind: 'disconnect' as const, ids: [...wires] }]),
    {
      kind: 'update-node',
      id,
      changes: { settings: { ...document.nodes[id]?.settings, zone: next } },
    },
  ];
}
