import { type Environment, LoomError } from '@loom/graph';

/** The name at the start of a PEP 508 requirement. */
const NAME = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/;

/** The packages that an environment asks for, by name. */
export function requiredNames(environment: Environment): readonly string[] {
  const requirements = environment.python?.requirements ?? [];
  return requirements.map((requirement) => {
    const name = NAME.exec(requirement)?.[1];
    if (name) return name;
    throw new LoomError(
      'python/requirement-syntax',
      `"${requirement}" is not a Python requirement, such as numpy>=2.`,
      {
        context: { requirement },
      },
    );
  });
}

/** Says that packages cannot be had here. */
export function packagesUnavailable(missing: readonly string[]): LoomError {
  const names = missing.join(', ');
  return new LoomError(
    'python/requirements-unsupported',
    `The flow requires ${names}, which Python's standard library does not have, and no source of packages is configured.`,
    { context: { missing } },
  );
}
