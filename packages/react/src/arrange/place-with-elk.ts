import { LoomError, type Position } from '@loom/graph';
import { BOX_GAP, type GroupBox, LAYER_GAP, type LayoutGroup, type PlaceGroup } from './layout-problem.js';

/** A graph as ELK reads and answers it; of what it knows, what is used here. */
interface ElkNode {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly ports?: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly children?: readonly ElkNode[];
  readonly edges?: readonly { readonly id: string; readonly sources: string[]; readonly targets: string[] }[];
  readonly layoutOptions?: Readonly<Record<string, string>>;
}

/** Says something to ELK's worker and waits for its answer. */
export type AskElk = (message: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * The fast ways of ELK. Its usual placing of nodes makes large flows five times as high, and wider with it; the exact one
 * takes ten times as long. Its routes of wires are not used, but room is kept for them: orthogonal ones need the least.
 */
const OPTIONS = {
  'elk.algorithm': 'layered',
  // Ports sit at the sides: from top to bottom wires would pass behind the nodes that they join.
  'elk.direction': 'RIGHT',
  'elk.randomSeed': '1',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.aspectRatio': '1.6',
  'elk.spacing.nodeNode': String(BOX_GAP),
  'elk.spacing.edgeNode': String(BOX_GAP / 2),
  'elk.spacing.componentComponent': String(BOX_GAP),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(LAYER_GAP),
  'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
};

/** Makes what places a group with ELK: it knows where ports sit, so that wires cross little. */
export function placeWithElk(ask: AskElk): PlaceGroup {
  return async (group) => {
    const { children = [] } = (await ask({
      cmd: 'layout',
      graph: graphOf(group),
      layoutOptions: {},
      options: {},
    })) as ElkNode;
    return new Map(children.map(({ id, x, y }): [string, Position] => [id, placeOf(id, x, y)]));
  };
}

function placeOf(id: string, x: number | undefined, y: number | undefined): Position {
  if (x !== undefined && y !== undefined) return { x, y };
  throw new LoomError('editor/layout-failed', `ELK gave node "${id}" no place.`, { context: { id } });
}

function graphOf({ boxes, wires }: LayoutGroup): ElkNode {
  const ports = new Map<string, Map<string, { id: string; x: number; y: number }>>();
  const sizes = new Map(boxes.map((box) => [box.id, box]));
  const portOf = (side: 'source' | 'target', { node, y }: LayoutGroup['wires'][number]['from']): string => {
    const id = `${node}\n${side}\n${y}`;
    const own = ports.get(node) ?? new Map();
    ports.set(node, own.set(id, { id, x: side === 'source' ? (sizes.get(node)?.width ?? 0) : 0, y }));
    return id;
  };
  const edges = wires.map(({ from, to }, at) => ({
    id: `wire\n${at}`,
    sources: [portOf('source', from)],
    targets: [portOf('target', to)],
  }));
  return {
    id: 'loom:flow',
    layoutOptions: OPTIONS,
    children: boxes.map((box) => nodeOf(box, [...(ports.get(box.id)?.values() ?? [])])),
    edges,
  };
}

function nodeOf({ id, width, height, rail }: GroupBox, ports: NonNullable<ElkNode['ports']>): ElkNode {
  const layer = rail && { 'elk.layered.layering.layerConstraint': rail === 'first' ? 'FIRST' : 'LAST' };
  const sides = ports.length > 0 && { 'elk.portConstraints': 'FIXED_POS' };
  return { id, width, height, ports, layoutOptions: { ...layer, ...sides } };
}
