/** One measured figure, printed as one line of JSON. */
export interface Row {
  /** `<benchmark>/<measure>`. */
  readonly id: string;
  readonly value: number;
  /** `x` for a ratio within the run. */
  readonly unit: string;
  /** What the value is compared with, and what that measured. */
  readonly against: string;
  readonly limit: number;
  readonly ok: boolean;
}

/** What a `NAME.bench.ts` exports as default. */
export type Benchmark = () => Promise<readonly Row[]>;

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}

interface Comparison {
  readonly id: string;
  /** Milliseconds of what is measured. */
  readonly ours: number;
  /** Milliseconds of what it is compared with. */
  readonly theirs: number;
  /** What the other one is, such as `one round trip per node`. */
  readonly name: string;
}

function against({ ours, theirs, name }: Comparison): string {
  return `${name}: ${theirs.toFixed(1)} ms, against ${ours.toFixed(1)} ms`;
}

/** How many times faster ours is; it must reach `atLeast`. */
export function timesFaster(comparison: Comparison & { readonly atLeast: number }): Row {
  const value = comparison.theirs / comparison.ours;
  const { id, atLeast: limit } = comparison;
  return { id, value: twoDecimals(value), unit: 'x', against: against(comparison), limit, ok: value >= limit };
}

/** How many times as long ours takes; it must stay below `atMost`. */
export function timesAsLong(comparison: Comparison & { readonly atMost: number }): Row {
  const value = comparison.ours / comparison.theirs;
  const { id, atMost: limit } = comparison;
  return { id, value: twoDecimals(value), unit: 'x', against: against(comparison), limit, ok: value <= limit };
}

interface Bound {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly against: string;
}

/** A figure by itself, which must stay below a limit. */
export function atMost({ value, ...row }: Bound): Row {
  return { ...row, value: twoDecimals(value), ok: value <= row.limit };
}
