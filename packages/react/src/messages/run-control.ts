/** Texts about how nodes run: marks, breakpoints, pins, what a paused run waits for. English; an app overrides any. */
export const runControlMessages = {
  markMuted: 'Muted: it does not run',
  markBypassed: 'Bypassed: it hands on what it gets',
  markPinned: 'Pinned: it gives a kept value and does not run',
  markBreakpoint: 'Breakpoint: a run pauses here',
  markCondition: (condition: string) => `Breakpoint, where ${condition}`,
} as const;
