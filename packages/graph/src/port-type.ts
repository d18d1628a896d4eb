/**
 * The type of a port. The text form (`list<number>`, `int | string`, `"a" | "b"`, `T`) is used in documents and shown
 * to people; this form is what code looks at.
 */
export type PortType =
  | { readonly kind: 'any' | 'number' | 'int' | 'string' | 'bool' | 'bytes' | 'file' | 'json' | 'none' }
  | { readonly kind: 'list' | 'stream'; readonly item: PortType }
  | { readonly kind: 'dict'; readonly key: PortType; readonly value: PortType }
  | { readonly kind: 'tuple'; readonly items: readonly PortType[] }
  | { readonly kind: 'union'; readonly members: readonly PortType[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** A class by name, such as `DataFrame`: fits only the same name, `any`, or a union that has it. */
  | { readonly kind: 'class'; readonly name: string }
  /** A type variable, unified within one node when wires are connected. */
  | { readonly kind: 'variable'; readonly name: string };
