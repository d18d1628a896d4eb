import { LoomError } from '@loom/graph';
import type { WorkerSignal } from './protocol.js';

type FatalSignal = Extract<WorkerSignal, { kind: 'fatal' }>;

/** Explains why the interpreter died, and that it comes back. */
export function fatalError(signal: FatalSignal): LoomError {
  return new LoomError('python/fatal', `${EXPLANATIONS[signal.reason]} Python was started again.`, {
    context: { message: signal.message, task: signal.task },
  });
}

const EXPLANATIONS: Readonly<Record<FatalSignal['reason'], string>> = {
  'stack-overflow':
    'Python ran out of stack and ended. Look for a function that calls itself without end (often __getattr__ or ' +
    '__eq__), or for data nested thousands of levels deep.',
  exit: 'The code ended the Python process, as os._exit() does. Raise an exception instead to end a node.',
  crash: 'Python crashed. Most often it ran out of memory; less often a compiled package is at fault.',
};
