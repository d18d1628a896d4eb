import { SCHEMA_VERSION } from '../document.js';
import { Names } from './raw.js';
import type { Sketch, SketchNode } from './sketch.js';

/** What a document has beside its graph. */
export type AroundGraph = Readonly<Record<string, unknown>>;

/** Writes a sketch as the raw form of a document, for {@link load} to read like any other file. */
export function documentOf(sketch: Sketch, around: AroundGraph): Record<string, unknown> {
  return {
    loom: SCHEMA_VERSION,
    ...around,
    nodes: Object.fromEntries(Array.from(sketch.nodes, ([id, node]) => [id, nodeOf(node)])),
    edges: edgesOf(sketch),
  };
}

function nodeOf({ type, label, position, size, parent, inputs, settings, view }: SketchNode): object {
  return {
    type,
    ...(label !== undefined && { label }),
    position,
    ...(size && { size }),
    ...(parent !== undefined && { parent }),
    ...(inputs.size > 0 && { inputs: Object.fromEntries(inputs) }),
    ...(settings && { settings }),
    ...(view && { view }),
  };
}

/** Edges in the order of the file. Those that share an input are numbered. */
function edgesOf(sketch: Sketch): Record<string, object> {
  const names = new Names();
  const wires = sketch.wires();
  const counts = new Map<string, number>();
  const orders = wires.map((wire) => {
    const key = JSON.stringify([wire.target, wire.targetPort]);
    const order = counts.get(key) ?? 0;
    counts.set(key, order + 1);
    return { key, order };
  });
  return Object.fromEntries(
    wires.map(({ source, sourcePort, target, targetPort, id }, index) => {
      const { key, order } = orders[index] ?? { key: '', order: 0 };
      const ordered = (counts.get(key) ?? 0) > 1;
      return [
        names.take(id ?? `wire-${index + 1}`),
        { source, sourcePort, target, targetPort, ...(ordered && { order }) },
      ];
    }),
  );
}
