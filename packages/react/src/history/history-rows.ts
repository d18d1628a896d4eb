import type { History } from '@loom/graph';

/** One point of the history: what the document was after a change. */
export interface HistoryRow {
  /** How many steps it is away: negative is undone, positive done again; 0 is where the document is now. */
  readonly steps: number;
  /** What was changed last; undefined before the first change that is known. */
  readonly label: string | undefined;
}

/** The points that one can go to, the latest change first. */
export function historyRows({ past, future }: History): readonly HistoryRow[] {
  const labels = [...past, ...future.toReversed()].map(({ label }) => label);
  return [undefined, ...labels].map((label, at) => ({ steps: at - past.length, label })).reverse();
}
