import { LoomError } from '@loom/graph';
import { notStorable } from '../stored-result.js';

/** What a browser's fault means for whoever uses the tier. Faults of ours stay as they are. */
export function tierFault(name: string, thrown: unknown): LoomError {
  if (thrown instanceof LoomError) return thrown;
  switch (nameOf(thrown)) {
    case 'QuotaExceededError':
      return fault('tier/quota', 'The browser gives this site no more room. Lower maxBytes, or clear the tier.');
    case 'DataCloneError':
      return notStorable(thrown);
    case 'VersionError':
      return fault('tier/unavailable', `A newer version of Loom uses the database "${name}". Reload the page.`);
    case 'NotFoundError':
      return fault('tier/unavailable', `The database "${name}" is something else's. Give the tier another name.`);
    case 'SecurityError':
      return fault('tier/unavailable', 'This page may not use IndexedDB (private mode, or a frame of another site).');
    default:
      return fault('tier/unavailable', `IndexedDB failed for the database "${name}".`);
  }

  function fault(code: string, message: string): LoomError {
    return new LoomError(code, message, { cause: thrown, context: { database: name } });
  }
}

/**
 * Whether a connection was lost under an operation, which is then worth another try: browsers end connections when they put
 * tabs to sleep, when the user clears data, and when they restart their storage process.
 */
export function isConnectionLost(thrown: unknown): boolean {
  const name = nameOf(thrown);
  return name === 'InvalidStateError' || name === 'AbortError' || name === 'UnknownError';
}

export function isQuotaExceeded(thrown: unknown): boolean {
  return nameOf(thrown) === 'QuotaExceededError';
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : '';
}
