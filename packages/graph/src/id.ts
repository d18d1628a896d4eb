declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]?: Name };

/** The id of a node, unique in its document. Plain strings are accepted where ids are expected. */
export type NodeId = Branded<'NodeId'>;
/** The id of an edge, unique in its document. */
export type EdgeId = Branded<'EdgeId'>;
/** The id of a node type: a key of `document.types`, or a type of the library such as `loom/read-json`. */
export type TypeId = Branded<'TypeId'>;
/** The id of a port, unique among the inputs or among the outputs of its node. Stable when the title changes. */
export type PortId = Branded<'PortId'>;

/** Makes ids. Given through options, so that tests are repeatable. */
export type CreateId = (prefix: string) => string;

/**
 * The default: a prefix for people, and 96 random bits so that pasted and merged flows never collide.
 *
 * @example
 * ```ts
 * createId('node'); // such as 'node-0f8fad5bd9cb469fa165…'
 * ```
 */
export const createId: CreateId = (prefix) => {
  const id = crypto.randomUUID();
  // Five groups of 8, 4, 4, 4 and 12 digits. Cutting them out costs a fraction of taking the dashes away.
  return `${prefix}-${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(14, 18)}${id.slice(19, 23)}${id.slice(24, 28)}`;
};
