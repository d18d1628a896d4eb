import type { Environment, NodeType } from '@loom/graph';
import type { ExecutorSlot } from '../../engine/executor-slot.js';
import type { StartupStage } from '../../event.js';
import { faultFrom } from '../../fault.js';
import type { NodeError } from '../../node-error.js';
import type { RunHost } from '../run-host.js';
import type { InitialValues } from './initial-values.js';

/** An executor that is not ready yet, and what a run needs of it. */
export interface StartUpOptions {
  readonly slot: ExecutorSlot;
  readonly environment: Environment;
  readonly types: ReadonlySet<NodeType>;
  readonly values: Pick<InitialValues, 'count' | 'bring'>;
  readonly host: Pick<RunHost, 'feed' | 'clock'>;
  /** True after the end of the run: then nothing more begins. */
  readonly isClosed: () => boolean;
}

/** The types that an executor is told before it is used: where functions are called, only those that it cannot find itself. */
export function toBeDefined({ executor }: ExecutorSlot, types: ReadonlySet<NodeType>): ReadonlySet<NodeType> {
  const { direct } = executor;
  if (!direct) return types;
  return new Set([...types].filter((type) => direct.find(type) === undefined));
}

/**
 * Starts an executor; then its types are told, its environment is prepared and first values are brought, all at once.
 * Resolves, when all of it has ended, to why nothing can be performed, if so. Types and values that failed are tried again
 * by the batches that need them, which then fail with the cause.
 */
export async function startUp(options: StartUpOptions): Promise<NodeError | undefined> {
  const { slot, environment, types, values, isClosed } = options;
  if (!slot.isStarted) {
    const error = await slot.tryStart();
    if (error) return error;
    if (isClosed()) return undefined;
  }
  const isPrepared = slot.isPrepared(environment);
  const count = slot.undefinedTypes(types).length;
  const [failure] = await Promise.all([
    isPrepared ? undefined : inStage(options, 'environment', undefined, () => slot.prepare(environment)),
    inStage(options, 'types', count, async () => told(slot, types)),
    inStage(options, 'values', values.count, () => values.bring()),
  ]);
  return failure;
}

/** Does one part and tells of it; what there is nothing of is not told. */
async function inStage(
  { slot, host }: StartUpOptions,
  stage: StartupStage,
  count: number | undefined,
  work: () => Promise<NodeError | undefined>,
): Promise<NodeError | undefined> {
  const tell = (state: 'started' | 'done' | 'failed', error?: NodeError): void => {
    if (count === 0 || !host.feed.isActive) return;
    host.feed.emit({
      kind: 'startup',
      executor: slot.executor.id,
      stage,
      state,
      ...(count === undefined ? {} : { count }),
      ...(error ? { error } : {}),
      at: host.clock.now(),
    });
  };
  tell('started');
  const error = await work();
  tell(error ? 'failed' : 'done', error);
  return error;
}

async function told(slot: ExecutorSlot, types: ReadonlySet<NodeType>): Promise<NodeError | undefined> {
  try {
    await slot.define(types);
    return undefined;
  } catch (thrown) {
    return faultFrom(thrown, 'executor/fault');
  }
}
