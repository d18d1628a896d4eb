import type { Library } from '../../library.js';
import { isRecord } from '../../load/reading.js';
import { entriesOf, type Raw, textAt } from '../raw.js';
import { quoted, type Report } from '../report.js';

/** Packages that a message names at most. */
const maxPackages = 20;

/** Says which types are missing, each once. */
export function reportTypes(
  types: ReadonlyMap<string, readonly string[]>,
  shelves: ReadonlyMap<string, string>,
  packages: readonly string[],
  library: Library | undefined,
  report: Report,
): void {
  const had =
    packages.length > 0 ? ` The worker had these packages: ${packages.slice(0, maxPackages).join(', ')}.` : '';
  for (const [type, nodes] of types) {
    const known = library?.resolve({ types: {} }, type);
    if (known && known.implementation.kind !== 'missing') continue;
    const [first = ''] = nodes;
    const kind = type.slice('funcnodes/'.length);
    const shelf = shelves.get(kind);
    const from = shelf === undefined ? '' : ` of the FuncNodes shelf ${quoted(shelf)}`;
    const need = nodes.length > 1 ? `and ${nodes.length - 1} more need` : 'needs';
    const message =
      `Node ${quoted(first)} ${need} the node type ${quoted(kind)}${from}, which is not in the file.${had} Put a node ` +
      `type with the id ${quoted(type)} on a shelf. Until then wires and values are kept, and it cannot run.`;
    report.error('import/unknown-type', ['nodes', first, 'type'], message);
  }
}

/** The shelf of each node type, where the file brings its library along. */
export function readShelves(library: unknown, most: number, report: Report): Map<string, string> {
  const found = new Map<string, string>();
  const todo: { shelf: unknown; path: string }[] = [];
  const push = (list: unknown, path: string): void => {
    const shelves = entriesOf(list, most);
    report.countPorts(shelves.length);
    for (const [, shelf] of shelves) todo.push({ shelf, path });
  };
  push(isRecord(library) ? library.shelves : undefined, '');
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (!isRecord(next.shelf)) continue;
    const shelf: Raw = next.shelf;
    const path = [next.path, textAt(shelf, 'name')].filter(Boolean).join('/').slice(0, 200);
    const nodes = entriesOf(shelf.nodes, most);
    report.countPorts(nodes.length);
    for (const [, node] of nodes) {
      const id = isRecord(node) ? textAt(node, 'node_id') : undefined;
      if (id !== undefined && !found.has(id)) found.set(id, path);
    }
    push(shelf.subshelves, path);
  }
  return found;
}
