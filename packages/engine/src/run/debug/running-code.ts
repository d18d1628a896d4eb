import type { Json } from '@loom/graph';
import type { CallContext } from '../../call/context.js';
import type { Executor, ParameterAnswer } from '../../executor.js';

/** What performs a node: a call in this realm, or a task of a batch. */
export type RunningCode =
  | { readonly context: CallContext<unknown> }
  | { readonly executor: Executor; readonly task: string };

/** Hands a live parameter to running code. */
export function tune(code: RunningCode, name: string, value: Json): Promise<ParameterAnswer> {
  return 'context' in code
    ? code.context.setParameter(name, value)
    : code.executor.setParameter(code.task, name, value);
}

/** Hands an answer to running code; false when it has no way to ask. */
export function answer(code: RunningCode | undefined, question: number, text: string | null): boolean {
  if (!code) return false;
  if ('context' in code) code.context.answer(question, text);
  else if (code.executor.answer) code.executor.answer(code.task, question, text);
  else return false;
  return true;
}
