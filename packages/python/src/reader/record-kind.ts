import { decoratorCall, type ModuleClass, type ModuleScope, readArguments } from './module-scope.js';
import { childNamed, lastName } from './syntax-tree.js';

/** Longer chains of base classes in one source are not followed. */
const MAX_BASES = 20;

/** True for a class that is a dict with named fields. */
export function isTypedDict(defined: ModuleClass, module: ModuleScope): boolean {
  return recordKind(defined, module) === 'TypedDict';
}

/** The kinds of classes that are records. */
export type RecordKind = 'TypedDict' | 'NamedTuple' | 'dataclass';

/** What kind of record a class is, by its decorators and bases. */
export function recordKind(defined: ModuleClass, module: ModuleScope): RecordKind | undefined {
  for (const one of lineage(defined, module)) {
    if (one.decorators.some((decorator) => decoratorCall(decorator, module)?.name === 'dataclass')) return 'dataclass';
    const base = baseNames(one, module).find((name) => name === 'TypedDict' || name === 'NamedTuple');
    if (base === 'TypedDict' || base === 'NamedTuple') return base;
  }
  return undefined;
}

/** The class and its bases in the same source, nearest first. */
export function lineage(defined: ModuleClass, module: ModuleScope): ModuleClass[] {
  const chain = [defined];
  for (let i = 0; i < chain.length && chain.length < MAX_BASES; i++) {
    const current = chain[i];
    for (const name of current ? baseNames(current, module) : []) {
      const base = module.classes.get(name);
      if (base && !chain.includes(base)) chain.push(base);
    }
  }
  return chain;
}

function baseNames(defined: ModuleClass, module: ModuleScope): string[] {
  const { positional } = readArguments(childNamed(defined.node, 'ArgList'), module.source);
  return positional.flatMap((base) => {
    const name = lastName(base, module.source);
    return name === undefined ? [] : [module.imports.get(name) ?? name];
  });
}
