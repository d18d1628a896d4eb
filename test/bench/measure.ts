/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted.length % 2 === 0 ? sorted[middle - 1] : upper;
  if (upper === undefined || lower === undefined) throw new Error('The median of nothing was asked for.');
  return (lower + upper) / 2;
}

/** Fewer would let one bad moment of the machine decide. */
const LEAST_REPETITIONS = 5;

export interface MeasureOptions {
  /** @default 5 */
  readonly repetitions?: number;
  /** Rounds that are thrown away. @default 1 */
  readonly warmUps?: number;
}

/**
 * Measures variants in turn, round after round, so that a slow moment of the machine touches all of them. Each function
 * resolves to the milliseconds of one repetition. Gives the median of each.
 */
export async function interleavedMedians<Name extends string>(
  variants: Readonly<Record<Name, () => Promise<number>>>,
  { repetitions = LEAST_REPETITIONS, warmUps = 1 }: MeasureOptions = {},
): Promise<Record<Name, number>> {
  const names = Object.keys(variants) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -warmUps; round < Math.max(repetitions, LEAST_REPETITIONS); round++) {
    // The order turns around from round to round, so that none is always first.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const time = await variants[name]();
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}
