const sizes = new WeakMap<object, number>();

/**
 * How many entries a table of a document has. Counted once for each table: what asks at every change of the state would
 * count ten thousand nodes at each move of the pointer, and even to ask for a first one lists them all.
 */
export function tableSize(table: Readonly<Record<string, unknown>>): number {
  const known = sizes.get(table);
  if (known !== undefined) return known;
  const size = Object.keys(table).length;
  sizes.set(table, size);
  return size;
}
