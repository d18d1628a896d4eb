import type { FlowDocument } from '../document.js';
import type { TypeId } from '../id.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';

/** Faults in the definitions inside the flow: sources that do not parse, subgraphs that contain themselves. */
export function checkTypes(document: FlowDocument, library: Library): Issue[] {
  const faults = Object.keys(document.types).flatMap((id) => {
    const problems = library.resolve(document, id)?.problems ?? [];
    return problems.map(({ severity, message, line }): Issue => {
      const place = line === undefined ? '' : ` (line ${line})`;
      return { code: 'type/problem', severity, path: ['types', id], message: `${message}${place}` };
    });
  });
  return [...faults, ...recursiveTypes(document)];
}

/** A subgraph inside itself would unfold for ever. Ordered without recursion, as nodes are. */
function recursiveTypes(document: FlowDocument): Issue[] {
  const uses = new Map<TypeId, Set<TypeId>>();
  for (const [id, type] of Object.entries(document.types)) {
    if (type.kind !== 'subgraph') continue;
    uses.set(id, new Set(Object.values(type.nodes).map((node) => node.type)));
  }
  let left = uses.size + 1;
  // Types that use no other open type are finite. What stays when nothing more can be taken away is not.
  while (uses.size < left) {
    left = uses.size;
    for (const [id, inner] of uses) if (![...inner].some((type) => uses.has(type))) uses.delete(id);
  }
  return [...uses.keys()].map((id) => ({
    code: 'type/recursive',
    severity: 'error',
    path: ['types', id],
    message: `The subgraph "${id}" contains itself, or one that does, and can never be unfolded.`,
  }));
}
