import type { PortType } from '@loom/graph';

/** The outline of a port. It says the family of the type without colour. */
export type PortShape = 'circle' | 'square' | 'diamond' | 'ring' | 'bar' | 'triangle';

/** The names after `--loom-type-`. */
export type PortColor = 'any' | 'number' | 'string' | 'bool' | 'bytes' | 'list' | 'dict' | 'class' | 'stream' | 'none';

/** How a port is drawn. */
export interface PortLook {
  readonly shape: PortShape;
  /** A CSS colour: a token of the theme. */
  readonly color: string;
  readonly name: PortColor;
}

const SHAPES: Readonly<Record<PortColor, PortShape>> = {
  any: 'ring',
  number: 'circle',
  string: 'circle',
  bool: 'diamond',
  bytes: 'bar',
  list: 'square',
  dict: 'square',
  class: 'diamond',
  stream: 'triangle',
  none: 'ring',
};

const LOOKS = new Map<PortColor, PortLook>(
  Object.entries(SHAPES).map(([key, shape]) => {
    const name = key as PortColor;
    return [name, { name, shape, color: `var(--loom-type-${name})` }];
  }),
);

/**
 * The shape and colour of ports and wires of a type.
 *
 * @example
 * ```ts
 * portLook({ kind: 'list', item: { kind: 'number' } }); // { shape: 'square', color: 'var(--loom-type-list)', name: 'list' }
 * ```
 */
export function portLook(type: PortType): PortLook {
  const look = LOOKS.get(familyOf(type));
  // Every family has an entry: the map is made from the record of all of them.
  if (!look) throw new TypeError(`No look for ${type.kind}`);
  return look;
}

function familyOf(type: PortType): PortColor {
  switch (type.kind) {
    case 'int':
      return 'number';
    case 'tuple':
      return 'list';
    case 'json':
      return 'dict';
    case 'file':
      return 'bytes';
    case 'variable':
      return 'any';
    case 'literal':
      return familyOfLiteral(type.value);
    case 'union':
      return familyOfUnion(type.members);
    default:
      return type.kind;
  }
}

function familyOfLiteral(value: string | number | boolean | null): PortColor {
  if (value === null) return 'none';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'number' : 'string';
}

/** `int | None` is still a number; members of several families are drawn as any. */
function familyOfUnion(members: readonly PortType[]): PortColor {
  const families = new Set(members.map(familyOf));
  families.delete('none');
  const [only] = families;
  return families.size === 1 && only ? only : 'any';
}
