/** One measured figure, printed as one line of JSON. */
export interface Figure {
  /** `<benchmark>/<measure>`; figures of others have `@<name>` behind it. */
  readonly id: string;
  readonly value: number;
  /** `x` for a ratio within the run. */
  readonly unit: string;
  /** What the value is compared with, and what that measured. */
  readonly against: string;
  /** Absent for what is only told. */
  readonly limit?: number;
  /** False when the limit is missed. */
  readonly ok: boolean;
  /** The median of what is measured, in milliseconds, when it is a time. */
  readonly ms?: number;
  /** The median of what it is compared with. */
  readonly againstMs?: number;
  /** Parts of the whole, and times beside it, in milliseconds unless their names say otherwise. */
  readonly parts?: Readonly<Record<string, number>>;
  readonly repetitions?: number;
  /** The average load of the machine at the end, the measuring process included. */
  readonly load?: number;
}

/** A figure that there is not, and why. */
export interface Failure {
  readonly id: string;
  readonly error: string;
  readonly limit?: number;
  /** True when nothing of ours failed. */
  readonly ok: boolean;
}

export type Row = Figure | Failure;

export interface BenchmarkOptions {
  /** Only these measures, by id; all when there is none. */
  readonly only: readonly string[];
  /** Others too, where a benchmark knows some. */
  readonly peers: boolean;
}

/** What a `NAME.bench.ts` exports as default. Gives rows as they come. */
export type Benchmark = (options: BenchmarkOptions) => AsyncIterable<Row> | Promise<readonly Row[]>;

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}

interface Comparison extends Pick<Figure, 'parts' | 'repetitions'> {
  readonly id: string;
  /** Milliseconds of what is measured. */
  readonly ours: number;
  /** Milliseconds of what it is compared with. */
  readonly theirs: number;
  /** What the other one is, such as `one round trip per node`. */
  readonly name: string;
}

/** Milliseconds as one reads them: three digits, however small. */
function inWords(ms: number): string {
  return `${ms >= 100 ? ms.toFixed(0) : Number(ms.toPrecision(3))} ms`;
}

/** How many times faster ours is; it must reach `atLeast`. */
export function timesFaster({ atLeast, ...comparison }: Comparison & { readonly atLeast: number }): Figure {
  const value = comparison.theirs / comparison.ours;
  return { ...ratio(comparison, value), limit: atLeast, ok: value >= atLeast };
}

/** How many times as long ours takes; it must stay below `atMost`, if there is a limit. */
export function timesAsLong({ atMost, ...comparison }: Comparison & { readonly atMost?: number | undefined }): Figure {
  const value = comparison.ours / comparison.theirs;
  return { ...ratio(comparison, value), ...limited(value, atMost) };
}

function ratio({ id, ours, theirs, name, ...rest }: Comparison, value: number): Omit<Figure, 'ok'> {
  const against = `${name}: ${inWords(theirs)}, against ${inWords(ours)}`;
  return { id, value: twoDecimals(value), unit: 'x', against, ms: ours, againstMs: theirs, ...rest };
}

interface Bound extends Omit<Figure, 'ok' | 'limit'> {
  readonly limit?: number | undefined;
}

/** A figure by itself, which must stay below a limit, if there is one. */
export function atMost({ value, limit, ...row }: Bound): Figure {
  return { ...row, value: twoDecimals(value), ...limited(value, limit) };
}

function limited(value: number, limit: number | undefined): Pick<Figure, 'limit' | 'ok'> {
  return limit === undefined ? { ok: true } : { limit, ok: value <= limit };
}
