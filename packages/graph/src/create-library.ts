import type { FlowDocument, FlowType } from './document.js';
import type { TypeId } from './id.js';
import { readJavaScriptType } from './javascript-type.js';
import type { Library, Shelf, SourceReader } from './library.js';
import type { NodeType } from './node-type.js';
import { readSubgraphType } from './subgraph-type.js';

/** Options of {@link createLibrary}. */
export interface LibraryOptions {
  /** Looked through in order: of two types with one id, the first is used. @default [] */
  readonly shelves?: readonly Shelf[];
  /** Readers of source by language. Without one, types in that language are placeholders that keep ports and values. */
  readonly readers?: { readonly python?: SourceReader };
}

/** Subgraphs within subgraphs whose ports are still looked up; beyond, a promoted port takes anything. */
const deepest = 50;

/**
 * Makes a library of node types. Types inside the flow win over shelves. JavaScript types and subgraphs are known
 * here; Python needs its reader from `@loom/python`.
 *
 * @example
 * ```ts
 * const library = createLibrary({ shelves: [builtinShelf], readers: { python: readPythonType } });
 * library.resolve(document, 'loom/read-json')?.title;
 * ```
 */
export function createLibrary(options: LibraryOptions = {}): Library {
  const shelves = options.shelves ?? [];
  const onShelf = onShelves(shelves);

  // The id is part of a node type, so an entry that stands under two ids makes two.
  const sources = new WeakMap<FlowType, Map<TypeId, NodeType>>();
  // A subgraph depends on the types that its nodes have, so it holds for one table of types only.
  const subgraphs = new WeakMap<FlowDocument['types'], Map<TypeId, NodeType>>();

  const resolve = (types: FlowDocument['types'], id: TypeId, within: ReadonlySet<TypeId>): NodeType | undefined => {
    const entry = Object.hasOwn(types, id) ? types[id] : undefined;
    if (!entry) return onShelf(id);
    if (entry.kind !== 'subgraph') return remember(sources, entry, id, () => readSource(id, entry, options.readers));
    if (within.has(id) || within.size >= deepest) return undefined;
    const inner = new Set(within).add(id);
    return remember(subgraphs, types, id, () => readSubgraphType(id, entry, (type) => resolve(types, type, inner)));
  };
  return { shelves, resolve: (document, id) => resolve(document.types, id, new Set()) };
}

/**
 * Finds types by id. A shelf is looked at when those before it do not have what is wanted: one that is made from sources
 * reads them then, which takes that of Python 60 ms, and most flows use a few types only.
 */
function onShelves(shelves: readonly Shelf[]): (id: TypeId) => NodeType | undefined {
  const found = new Map<TypeId, NodeType>();
  let looked = 0;
  return (id) => {
    while (!found.has(id) && looked < shelves.length) {
      for (const type of shelves[looked++]?.types ?? []) if (!found.has(type.id)) found.set(type.id, type);
    }
    return found.get(id);
  };
}

function readSource(
  id: TypeId,
  type: Exclude<FlowType, { kind: 'subgraph' }>,
  readers: LibraryOptions['readers'],
): NodeType {
  switch (type.kind) {
    case 'javascript':
      return readJavaScriptType(id, type);
    case 'python': {
      if (!readers?.python) return missingType(id, type, 'This library cannot read Python. Give it a reader.');
      try {
        return readers.python(id, type);
      } catch (error) {
        // A reader's fault must not take the editor down: the node says what happened instead.
        return missingType(id, type, `The source could not be read: ${error instanceof Error ? error.message : error}`);
      }
    }
    default: {
      // A kind of a later release: loading keeps it, and nothing here can run it.
      const { kind } = type as { readonly kind: unknown };
      return missingType(id, type, `This version does not know types of the kind "${kind}".`);
    }
  }
}

/** Stands in for a type that cannot be known here. It never runs; its nodes keep wires and values. */
function missingType(id: TypeId, type: FlowType, message: string): NodeType {
  return {
    id,
    title: type.title ?? id,
    version: 1,
    inputs: [],
    outputs: [],
    pure: false,
    implementation: { kind: 'missing' },
    problems: [{ severity: 'error', message }],
  };
}

function remember<Key extends object>(
  cache: WeakMap<Key, Map<TypeId, NodeType>>,
  key: Key,
  id: TypeId,
  make: () => NodeType,
): NodeType {
  const found = cache.get(key) ?? new Map<TypeId, NodeType>();
  cache.set(key, found);
  const type = found.get(id) ?? make();
  found.set(id, type);
  return type;
}
