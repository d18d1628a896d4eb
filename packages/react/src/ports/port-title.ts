import type { FlowDocument, FlowNode, Operation, PortDeclaration, PortId, ZoneSettings } from '@loom/graph';
import type { PortPlace } from './port-place.js';

type Declarations = Readonly<Record<PortId, PortDeclaration>>;

/**
 * The operation that gives a port another title. Undefined where the title is written elsewhere: in a function's
 * signature, or in a type of the library.
 */
export function retitlePort(
  { nodes, types }: Pick<FlowDocument, 'nodes' | 'types'>,
  place: PortPlace,
  title: string,
): Operation | undefined {
  const node = nodes[place.node];
  if (node === undefined) return undefined;
  return inType(types, node, place, title) ?? inZone(node, place, title);
}

function inType(
  types: FlowDocument['types'],
  node: FlowNode,
  { port, side }: PortPlace,
  title: string,
): Operation | undefined {
  const type = Object.hasOwn(types, node.type) ? types[node.type] : undefined;
  if (type?.kind === 'javascript') {
    const key = side === 'source' ? 'outputs' : 'inputs';
    const ports = retitled(type[key], port, title);
    return ports && { kind: 'set-type', id: node.type, type: { ...type, [key]: ports } };
  }
  if (type?.kind === 'subgraph') {
    const key = side === 'source' ? 'outputs' : 'inputs';
    const ports = retitled(type[key], port, title);
    return ports && { kind: 'set-type', id: node.type, type: { ...type, [key]: ports } };
  }
  return undefined;
}

function inZone(node: FlowNode, { node: id, port }: PortPlace, title: string): Operation | undefined {
  const zone = node.settings?.zone;
  if (zone === undefined || zone.kind === 'group') return undefined;
  // What goes round has three ports: where it begins, what the body gets, and what it gives.
  const name = port.replace(/\.(?:next|current)$/, '');
  const ports = retitled(zone.kind === 'for-each' ? zone.results : zone.carried, name, title);
  if (ports === undefined) return undefined;
  const changed: ZoneSettings = zone.kind === 'for-each' ? { ...zone, results: ports } : { ...zone, carried: ports };
  return { kind: 'update-node', id, changes: { settings: { ...node.settings, zone: changed } } };
}

function retitled<Ports extends Declarations>(
  ports: Ports | undefined,
  port: PortId,
  title: string,
): Ports | undefined {
  if (ports === undefined || !Object.hasOwn(ports, port)) return undefined;
  const { title: _, ...rest } = ports[port] as PortDeclaration;
  // An empty title is none: the port is called by its name again.
  return { ...ports, [port]: title === '' ? rest : { ...rest, title } };
}
