import type { RunOptions } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import {
  callBehaviour,
  chooseSeen,
  type FlowFeatures,
  type InterpretOptions,
  interpret,
  runDifferences,
} from '@loom/testing';
import { streamProblems } from './invariants.js';
import { observe } from './observe.js';
import { AFTERWARDS, type PerformedRun, performRuns, type Timing } from './perform-run.js';
import { heldProblems, readProblems, runProblems } from './run-invariants.js';

/** A flow with everything that decides how its run goes. Plain JSON, so that it can be kept. */
export interface FuzzCase {
  readonly document: FlowDocument;
  readonly timing: Timing;
  readonly options: Pick<RunOptions, 'targets' | 'inputs' | 'pins' | 'onError'>;
}

/** Runs a case and compares what happened with what the rules say. Gives the problems in words. */
export async function checkCase({ document, timing, options }: FuzzCase, checks: FlowFeatures): Promise<string[]> {
  const runs = await performRuns(document, timing, options);
  return runs.flatMap((run, place) => {
    const problems = problemsOf(document, options, run, place === 0 ? timing : {});
    const wasAlone = timing.againAt === undefined || timing.againAt === AFTERWARDS;
    if (checks.letsGo && (wasAlone || checks.letsGoBesides))
      problems.push(...heldProblems(document, run), ...readProblems(document, run));
    return place === 0 ? problems : problems.map((problem) => `again: ${problem}`);
  });
}

function problemsOf(
  document: FlowDocument,
  options: FuzzCase['options'],
  run: PerformedRun,
  disturbed: Pick<Timing, 'cancelAt' | 'timeoutAt'>,
): string[] {
  const seen = observe(run);
  const shape = { graph: document, library: run.library };
  const { onError, ...rest } = options;
  const how: InterpretOptions = { ...rest, call: callBehaviour, choose: chooseSeen(shape, seen) };
  const expected = interpret(document, run.library, how);
  const { status } = run.result;
  const isCut = status === 'cancelled' || status === 'timed-out' || onError === 'stop';
  return [
    ...statusProblems(disturbed, status),
    ...streamProblems(run.events),
    ...runProblems(document, run, expected.scope, options.pins),
    ...runDifferences(shape, expected, seen, isCut ? 'cut' : 'exact'),
  ];
}

function statusProblems({ cancelAt, timeoutAt }: Pick<Timing, 'cancelAt' | 'timeoutAt'>, status: string): string[] {
  if (status === 'cancelled' && cancelAt === undefined) return ['the run was cancelled by nobody'];
  if (status === 'timed-out' && timeoutAt === undefined) return ['the run timed out without a timeout'];
  return [];
}
