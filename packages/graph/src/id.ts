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
  if (next === random.length) {
    crypto.getRandomValues(random);
    next = 0;
  }
  let id = `${prefix}-`;
  for (const end = next + ID_BYTES; next < end; next++) id += digits[random[next] as number];
  return id;
};

const ID_BYTES = 12;
/** Taken for many ids at once, as pasting a thousand nodes needs them. */
const random = new Uint8Array(ID_BYTES * 256);
let next = random.length;
/** Two for each byte. */
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
