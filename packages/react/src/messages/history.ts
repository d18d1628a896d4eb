import type { RunTargets } from '@loom/engine';

/** Texts about what has been: earlier runs, and the changes of the flow. English; an app overrides any. */
export const historyMessages = {
  // Changes of the flow
  history: 'History of changes',
  historyStart: 'As it was at first',
  historyNow: 'now',
  // Earlier runs
  runWhat: (kind: RunTargets['kind'], what: string) =>
    ({
      all: 'Everything',
      changed: 'What had changed',
      nodes: what,
      to: what,
      from: `From ${what} on`,
      selection: `Only ${what}`,
    })[kind],
  runNodes: (count: number) => `${count} nodes`,
  pastRunLabel: 'Earlier run',
  pastRun: (time: string, what: string) => `This is what the run of ${time} left (${what}).`,
  pastRunBack: 'Back to now',
  pastRunEarlier: 'Look at the run before',
  pastRunLater: 'Look at the run after',
  pastExplain: 'Why did this run?',
  pastRan: 'It ran, because:',
  pastReuse: 'It did not run: nothing had changed, and its result was used again.',
  pastOutside: 'It was not a part of that run.',
  pastUnknown: 'What was before that run is not known any more.',
  pastTarget: 'It was asked for.',
  pastNoResult: 'It had no result yet.',
} as const;
