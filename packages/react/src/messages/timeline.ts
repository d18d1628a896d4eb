import type { RunStatus, SpanState } from '@loom/engine';

/** Texts of the timeline and of the list of runs. English; an app overrides any. */
export const timelineMessages = {
  tabTimeline: 'Timeline',
  timelineLabel: 'When each node ran',
  timelineEmpty: 'Nothing has run yet. A run shows here when each node ran, in each iteration.',
  timelineSummary: (nodes: number, duration: string) => `${nodes} ${nodes === 1 ? 'node' : 'nodes'} in ${duration}.`,
  timelineDropped: (count: number) => `The oldest ${count.toLocaleString('en')} parts are not kept.`,
  timelineZoomIn: 'Longer time axis',
  timelineZoomOut: 'Shorter time axis',
  timelineTick: (ms: number) =>
    ms >= 1000 ? `${Number((ms / 1000).toPrecision(4))} s` : `${Number(ms.toPrecision(3))} ms`,
  timelineRow: (node: string, times: number, duration: string) =>
    times === 1 ? `${node}: ${duration}` : `${node}: ${times} times, ${duration} in all`,
  timelineBar: (what: string, duration: string, iteration: string | undefined) =>
    iteration === undefined ? `${what}, ${duration}` : `${what}, ${duration}, iteration ${iteration}`,
  timelineSpans: (count: number) => (count === 1 ? 'once' : `${count} times`),
  runHistory: 'Last runs',
  runStatus: (status: RunStatus | 'running') =>
    ({ running: 'Running', succeeded: 'Done', failed: 'Failed', cancelled: 'Stopped', 'timed-out': 'Timed out' })[
      status
    ],
  spanState: (state: SpanState) =>
    ({
      running: 'Running',
      success: 'Done',
      cached: 'Unchanged',
      error: 'Failed',
      skipped: 'Skipped',
      cancelled: 'Cancelled',
      retried: 'Failed, and tried again',
    })[state],
  logOfSelection: 'Selected nodes only',
  logWrap: 'Wrap long lines',
} as const;
