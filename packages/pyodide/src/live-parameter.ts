import type { ParameterAnswer } from '@loom/engine';
import { faultFrom } from '@loom/engine';
import type { Json } from '@loom/graph';
import type { Connection } from './connection.js';

/** How long an answer may take. Async handlers have less, so that what is given up here is not applied later. */
const ANSWER_MS = 4_500;

/** How old a parameter may be when the worker reads it. */
const EXPIRES_MS = 1_000;

const BUSY =
  'The worker computes and cannot be reached. A node takes parameters while it awaits: make it async, and let it await now and then.';

/**
 * Hands a live parameter to a task. The worker reads messages only while none of its code computes; then the answer is a
 * rejection that says so, and the value is not applied later either.
 */
export async function setParameter(
  connection: Connection,
  task: string,
  name: string,
  value: Json,
): Promise<ParameterAnswer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const busy = new Promise<ParameterAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'rejected', reason: BUSY }), ANSWER_MS);
  });
  const answer = connection
    .call('setParameter', task, name, JSON.stringify(value), Date.now() + EXPIRES_MS)
    .then((text) => JSON.parse(text) as ParameterAnswer)
    .catch((thrown: unknown): ParameterAnswer => {
      const { code, message } = faultFrom(thrown);
      return { status: 'rejected', reason: code === 'executor/busy' ? BUSY : message };
    });
  try {
    return await Promise.race([answer, busy]);
  } finally {
    clearTimeout(timer);
  }
}
