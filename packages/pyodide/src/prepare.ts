import type { Environment } from '@loom/graph';
import { packagesUnavailable, requiredNames } from './requirements.js';
import type { Session } from './session.js';

/** Makes an environment ready in one worker. Done for each worker before its first batch, also for those that replace others. */
export async function prepareSession(session: Session, environment: Environment): Promise<void> {
  const key = JSON.stringify(environment.python ?? {});
  if (session.prepared === key) return;
  const names = requiredNames(environment);
  if (names.length > 0) {
    const modules = names.map((name) => name.replaceAll('-', '_'));
    const missing = new Set(await session.connection.call('missingModules', modules));
    const unavailable = names.filter((name) => missing.has(name.replaceAll('-', '_')));
    if (unavailable.length > 0) throw packagesUnavailable(unavailable);
  }
  session.prepared = key;
}
