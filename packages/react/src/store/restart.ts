import type { EngineEvent } from '@loom/engine';
import type { RunSlice } from './state.js';

/** Remembers a restart until the runtime is back: its own status says only what it does at the moment. */
export function restartAfter(before: RunSlice['restart'], events: readonly EngineEvent[]): RunSlice['restart'] {
  let restart = before;
  for (const event of events) {
    if (event.kind !== 'executor-status') continue;
    const { executor, status } = event;
    if (status.state === 'restarting') restart = { executor, reason: status.reason };
    else if (status.state !== 'starting' && restart?.executor === executor) restart = undefined;
  }
  return restart;
}
