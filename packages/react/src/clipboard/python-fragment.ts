import type { CreateId, Fragment, Library } from '@loom/graph';

/** Longer texts are no function that someone copied. */
const MOST_CHARACTERS = 200_000;
const FUNCTION = /^(?:async\s+)?def\s/m;

/** A node whose type is this Python source; undefined when it is no source with a function, or nothing reads Python here. */
export function pythonFragment(library: Library, text: string, createId: CreateId): Fragment | undefined {
  if (text.length > MOST_CHARACTERS || !FUNCTION.test(text)) return undefined;
  const id = createId('type');
  const types = { [id]: { kind: 'python', source: text.endsWith('\n') ? text : `${text}\n` } } as const;
  const type = library.resolve({ types }, id);
  if (type?.implementation.kind !== 'source' || type.problems.some(({ severity }) => severity === 'error')) {
    return undefined;
  }
  const nodes = { pasted: { type: id, position: { x: 0, y: 0 } } };
  return { loom: 'fragment', version: 1, nodes, edges: {}, incoming: {}, types };
}
