import type { FlowDocument, Library, NodeType } from '@loom/graph';

/** The types that a flow defines, under one heading: their own categories would mix them with those of the shelves. */
export function typesOfFlow(
  { types }: Pick<FlowDocument, 'types'>,
  library: Library,
  heading: string,
): readonly NodeType[] {
  return Object.keys(types).flatMap((id) => {
    const type = library.resolve({ types }, id);
    return type === undefined ? [] : { ...type, category: heading };
  });
}

/** Every type that a node of this flow can have: its own first. */
export function allTypes(
  { document, library }: { readonly document: FlowDocument; readonly library: Library },
  heading: string,
): readonly NodeType[] {
  return [...typesOfFlow(document, library, heading), ...library.shelves.flatMap((shelf) => shelf.types)];
}
