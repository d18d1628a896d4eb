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

/** A subgraph inside itself would unfold for ever. What is left when finite ones are taken away, one by one, is not finite. */
function recursiveTypes(document: FlowDocument): Issue[] {
  /** How many subgraphs a subgraph still waits for, and which ones wait for it. */
  const waiting = new Map<TypeId, number>();
  const users = new Map<TypeId, TypeId[]>();
  for (const [id, type] of Object.entries(document.types)) {
    if (type.kind !== 'subgraph') continue;
    const inner = new Set(Object.values(type.nodes).map((node) => node.type));
    const subgraphs = [...inner].filter((used) => isSubgraph(document, used));
    waiting.set(id, subgraphs.length);
    for (const used of subgraphs) {
      const list = users.get(used);
      if (list) list.push(id);
      else users.set(used, [id]);
    }
  }
  const finite = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = finite.pop(); id !== undefined; id = finite.pop()) {
    waiting.delete(id);
    for (const user of users.get(id) ?? []) {
      const count = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, count);
      if (count === 0) finite.push(user);
    }
  }
  return [...waiting.keys()].map((id) => ({
    code: 'type/recursive',
    severity: 'error',
    path: ['types', id],
    message: `The subgraph "${id}" contains itself, or one that does, and can never be unfolded.`,
  }));
}

function isSubgraph(document: FlowDocument, id: TypeId): boolean {
  return Object.hasOwn(document.types, id) && document.types[id]?.kind === 'subgraph';
}
