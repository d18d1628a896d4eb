import type { FrameStep, RunEvent } from '../event.js';
import { fakeEngine } from '../live/fake-engine-fixture.js';
import type { RunEventBody } from '../run/reporter.js';
import { type RecordRunsOptions, recordRuns } from './record-runs.js';

export const COUNTS = { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 };
export const ERROR = { code: 'test/error', message: 'no', frames: [] };

/** A recorder of a fake engine, and a way to tell it events of a run: time and body. */
export function stage(options?: RecordRunsOptions) {
  const engine = fakeEngine();
  const recorder = recordRuns(engine, options);
  let sequence = 0;
  const tell = (runId: string, at: number, body: RunEventBody & { readonly frame?: readonly FrameStep[] }): void =>
    engine.tell({ ...body, runId, at, sequence: sequence++ } as RunEvent);
  const start = (runId: string, at = 0): void => tell(runId, at, { kind: 'run-started', nodes: ['a'] });
  const finish = (runId: string, at: number): void =>
    tell(runId, at, { kind: 'run-finished', status: 'succeeded', counts: COUNTS, durationMs: at });
  const spans = (at = -1) => [...(recorder.runs.at(at)?.spans() ?? [])];
  return { engine, recorder, tell, start, finish, spans };
}

export const success = { kind: 'node-succeeded', cached: false, outputs: {} } as const;
export const inFrame = (index: number): readonly FrameStep[] => [{ node: 'zone', index }];
