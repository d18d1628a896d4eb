import type { Environment, JsonObject } from '@loom/graph';

/** A package of a lock. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

const FORMAT = 1;

/** What was chosen for requirements, as it is kept in a flow. */
export function lockOf(requirements: readonly string[], packages: readonly LockedPackage[]): JsonObject {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { loom: FORMAT, requirements: [...requirements], packages: sorted.map((each) => ({ ...each })) };
}

/** The packages of a flow's lock; undefined when there is none, or it was made for other requirements. */
export function lockedPackages({ python }: Environment): readonly LockedPackage[] | undefined {
  const lock = python?.lock;
  if (!lock || lock.loom !== FORMAT || !Array.isArray(lock.packages)) return undefined;
  if (JSON.stringify(lock.requirements) !== JSON.stringify(python?.requirements ?? [])) return undefined;
  const packages = lock.packages.filter(isLocked);
  return packages.length === lock.packages.length ? packages : undefined;
}

/** Whether a flow has a lock that says nothing about what it requires now. */
export function hasStaleLock(environment: Environment): boolean {
  return environment.python?.lock !== undefined && lockedPackages(environment) === undefined;
}

function isLocked(value: unknown): value is LockedPackage {
  const { name, version, file, sha256 } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [name, version, file, sha256].every((each) => typeof each === 'string');
}
