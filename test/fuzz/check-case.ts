import type { RunOptions } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import { callBehaviour, chooseSeen, type InterpretOptions, interpret, runDifferences } from '@loom/testing';
import { streamProblems } from './invariants.js';
import { observe } from './observe.js';
import { performRun, type Timing } from './perform-run.js';
import { runProblems } from './run-invariants.js';

/** A flow with everything that decides how its run goes. Plain JSON, so that it can be kept. */
export interface FuzzCase {
  readonly document: FlowDocument;
  readonly timing: Timing;
  readonly options: Pick<RunOptions, 'targets' | 'inputs' | 'pins' | 'onError'>;
}

/** Runs a case and compares what happened with what the rules say. Gives the problems in words. */
export async function checkCase({ document, timing, options }: FuzzCase): Promise<string[]> {
  const run = await performRun(document, timing, options);
  const seen = observe(run);
  const shape = { graph: document, library: run.library };
  const { onError: _onError, ...rest } = options;
  const how: InterpretOptions = { ...rest, call: callBehaviour, choose: chooseSeen(shape, seen) };
  const expected = interpret(document, run.library, how);
  const wasCut = run.result.status === 'cancelled' || run.result.status === 'timed-out';
  const isStopped = options.onError === 'stop';
  return [
    ...statusProblems(timing, run.result.status),
    ...streamProblems(run.events),
    ...runProblems(document, run, expected.scope),
    ...runDifferences(shape, expected, seen, wasCut || isStopped ? 'cut' : 'exact'),
  ];
}

function statusProblems({ cancelAt, timeoutAt }: Timing, status: string): string[] {
  if (status === 'cancelled' && cancelAt === undefined) return ['the run was cancelled by nobody'];
  if (status === 'timed-out' && timeoutAt === undefined) return ['the run timed out without a timeout'];
  return [];
}
