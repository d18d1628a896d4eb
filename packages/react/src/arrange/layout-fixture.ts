import { createRequire } from 'node:module';
import type { FlowDocument, NodeId } from '@loom/graph';
import type { Box } from '../layout/box.js';
import { placeBoxes } from './place-boxes.js';
import { placeWithDagre } from './place-with-dagre.js';
import { type AskElk, placeWithElk } from './place-with-elk.js';
import { type LayoutPlace, readProblem } from './read-problem.js';
import { settle } from './settle.js';

/** What ELK's worker is where there are no workers. */
interface ElkInPlace {
  onmessage: (event: {
    readonly data: { readonly id: number; readonly data?: unknown; readonly error?: unknown };
  }) => void;
  postMessage(message: unknown): void;
}

function elkInPlace(): AskElk {
  const { Worker: InPlace } = createRequire(import.meta.url)('elkjs/lib/elk-worker.min.js') as {
    readonly Worker: new () => ElkInPlace;
  };
  const elk = new InPlace();
  const waiting = new Map<number, (answer: { readonly data?: unknown; readonly error?: unknown }) => void>();
  elk.onmessage = ({ data }) => waiting.get(data.id)?.(data);
  let last = 0;
  const ask: AskElk = (message) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ data, error }) => (error === undefined ? resolve(data) : reject(error)));
      elk.postMessage({ id: last, ...message });
    });
  void ask({ cmd: 'register', algorithms: ['layered'] });
  return ask;
}

/** Both engines, by name. */
export const engines = { dagre: placeWithDagre, ELK: placeWithElk(elkInPlace()) };

/** Nodes of 200 by 100 with their ports at one height; a zone is drawn around what lies in it with room of 100. */
export const plainPlace: LayoutPlace = {
  sizeOf: () => ({ width: 200, height: 100 }),
  portDepth: () => 50,
  shellOf: () => ({
    inset: { x: 100, y: 100 },
    sizeAround: ({ right, bottom }) => ({ width: right + 100, height: bottom + 100 }),
  }),
};

/** Lays out these nodes of a flow, all without a choice. */
export async function layOut(
  flow: FlowDocument,
  engine: keyof typeof engines,
  { chosen = Object.keys(flow.nodes), place = plainPlace } = {},
) {
  const problem = readProblem(flow, new Set(chosen), place);
  const places = await placeBoxes(problem, engines[engine]);
  return { places, ...settle(flow, places), boxOf: (id: NodeId): Box => boxIn(places, id) };
}

function boxIn(places: ReadonlyMap<string, Box>, id: string): Box {
  const box = places.get(id);
  if (box === undefined) throw new Error(`"${id}" has no place`);
  return box;
}

/** Whether two rectangles share room. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether one rectangle lies in another. */
export function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
