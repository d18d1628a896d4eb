import { type Json, literalProblem, type PortType } from '@loom/graph';

/** The first place where a literal does not fit its type: `path` is like `[3].name`, empty for the value itself. */
export interface Misfit {
  readonly path: string;
  readonly type: PortType;
}

/** Where a literal does not fit a type; undefined when it fits. Types that only travel over wires fit no literal. */
export function misfit(value: Json, type: PortType, path = ''): Misfit | undefined {
  switch (type.kind) {
    case 'list':
      if (!Array.isArray(value)) return { path, type };
      return firstMisfit(value, (item, index) => misfit(item, type.item, `${path}[${index}]`));
    case 'tuple':
      if (!Array.isArray(value) || value.length !== type.items.length) return { path, type };
      return firstMisfit(type.items, (item, index) => misfit(value[index] ?? null, item, `${path}[${index}]`));
    case 'dict':
      if (!isObject(value)) return { path, type };
      return firstMisfit(Object.entries(value), ([key, item]) => misfit(item, type.value, `${path}.${key}`));
    case 'class':
    case 'stream':
      return { path, type };
    case 'union':
      return type.members.some((member) => fits(value, member)) ? undefined : { path, type };
    default:
      return literalProblem(value, type) === undefined ? undefined : { path, type };
  }
}

/** Whether a literal fits a type. */
export function fits(value: Json, type: PortType): boolean {
  return misfit(value, type) === undefined;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstMisfit<Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => Misfit | undefined,
): Misfit | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found) return found;
  }
  return undefined;
}
