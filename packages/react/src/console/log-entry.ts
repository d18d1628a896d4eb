import type { NodeId } from '@loom/graph';

/** Where a line of output came from. */
export type LogStream = 'stdout' | 'stderr' | 'log' | 'system';

/** One piece of output. */
export interface LogEntry {
  /** Unique in the log. */
  readonly id: string | number;
  /** The node that wrote it; absent for what belongs to the whole run. */
  readonly node?: NodeId | undefined;
  readonly nodeTitle?: string | undefined;
  readonly stream: LogStream;
  readonly text: string;
  /** Milliseconds, of the Unix epoch or of any other start. */
  readonly at: number;
}

export const LOG_STREAMS: readonly LogStream[] = ['stdout', 'stderr', 'log', 'system'];
