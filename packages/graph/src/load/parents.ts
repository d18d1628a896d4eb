import type { FlowNode } from '../document.js';
import { below, type Path } from './path.js';
import type { List, Reading } from './reading.js';

/** Frees nodes from parents that do not exist or that lie inside the node itself. */
export function dropImpossibleParents(
  nodes: Record<string, FlowNode>,
  list: List<FlowNode>,
  reading: Reading,
  path: Path,
): void {
  const free = (id: string, code: string, why: string): void => {
    const { parent: _parent, ...rest } = nodes[id] as FlowNode;
    nodes[id] = rest;
    const place = below(below(path, id), 'parent');
    reading.error(code, place, `Node "${id}" was taken out of its parent: ${why}.`);
  };
  /** Nodes whose chain of parents is known to end. */
  const ends = new Set<string>();
  for (let place = 0; place < list.ids.length; place++) {
    if (list.values[place]?.parent === undefined) continue;
    const id = list.ids[place] as string; // within the bounds of the loop
    const chain = new Set<string>();
    let current = id;
    while (!ends.has(current)) {
      chain.add(current);
      const parent: string | undefined = nodes[current]?.parent;
      if (parent === undefined) break;
      if (!Object.hasOwn(nodes, parent)) {
        free(current, 'node/unknown-parent', `there is no node "${parent}"`);
        break;
      }
      if (chain.has(parent)) {
        free(current, 'node/parent-cycle', 'it would lie inside itself');
        break;
      }
      current = parent;
    }
    for (const node of chain) ends.add(node);
  }
}
