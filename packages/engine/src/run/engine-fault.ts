import { LoomError } from '@loom/graph';

/** What a run is rejected with when something was thrown that no node is to blame for. */
export function engineFault(run: string, thrown: unknown): LoomError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LoomError('engine/fault', `The engine failed in this run, which ended: ${message}`, {
    cause: thrown,
    context: { run },
  });
}

/** Does all of these, whatever they throw: the first fault is the one that is told. */
export function doAll(acts: readonly (() => void)[]): void {
  for (const act of acts) {
    try {
      act();
    } catch {
      // It is known already that something is wrong.
    }
  }
}
