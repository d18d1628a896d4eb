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

/** A function that resolves to the milliseconds of one repetition. */
export type Variant = () => Promise<number>;

export interface MeasureOptions {
  /** @default 5 */
  readonly repetitions?: number;
  /** Rounds that are thrown away. @default 1 */
  readonly warmUps?: number;
  /** No round begins after so many milliseconds, however few there were; one there always is. @default none */
  readonly budgetMs?: number;
}

/**
 * Measures variants in turn, round after round, so that a slow moment of the machine touches all of them. Gives the
 * median of each.
 */
export async function interleavedMedians<Name extends string>(
  variants: Readonly<Record<Name, Variant>>,
  options: MeasureOptions = {},
): Promise<Record<Name, number>> {
  const { medians } = await measureInterleaved(variants, options);
  return medians;
}

/** {@link interleavedMedians}, and of how many repetitions each is. */
export async function measureInterleaved<Name extends string>(
  variants: Readonly<Record<Name, Variant>>,
  { repetitions = LEAST_REPETITIONS, warmUps = 1, budgetMs = Number.POSITIVE_INFINITY }: MeasureOptions = {},
): Promise<{ readonly medians: Record<Name, number>; readonly repetitions: number }> {
  const names = Object.keys(variants) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const until = performance.now() + budgetMs;
  let rounds = 0;
  for (let round = -warmUps; round < Math.max(repetitions, LEAST_REPETITIONS); round++) {
    if (rounds > 0 && performance.now() > until) break;
    // The order turns around from round to round, so that none is always first.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const time = await variants[name]();
      if (round >= 0) times.get(name)?.push(time);
    }
    if (round >= 0) rounds++;
  }
  const medians = Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])]));
  return { medians: medians as Record<Name, number>, repetitions: rounds };
}

/** A repetition lasts at least so long, or it would measure the clock. */
const LEAST_MS = 5;

/** Repetitions are made as long as the longest, up to here. */
const MOST_ALIKE_MS = 100;

/** Optimised code is there after about as long. */
const WARM_UP_MS = 300;

/** Something short that is done again and again. What is synchronous gives nothing, and is not waited for. */
export type Repeatable = () => void | Promise<void>;

/**
 * Makes variants of things that are short: warms each up, and finds out how often it has to be done for one repetition.
 * Repetitions of all last about as long, because a busy machine interrupts what is long more often than what is short.
 */
export async function timed<Name extends string>(
  repeatables: Readonly<Record<Name, Repeatable>>,
): Promise<Record<Name, Variant>> {
  const names = Object.keys(repeatables) as Name[];
  const warm = new Map<Name, Warm>();
  for (const name of names) warm.set(name, await warmUp(repeatables[name]));
  const longest = Math.max(...Array.from(warm.values(), ({ ms, times }) => ms * times));
  const length = Math.min(Math.max(LEAST_MS, longest), MOST_ALIKE_MS);
  const variants = names.map((name) => {
    const once = repeatables[name];
    const times = Math.max(1, Math.round(length / (warm.get(name)?.ms ?? length)));
    return [name, async () => (await timeOf(times, once)) / times] as const;
  });
  return Object.fromEntries(variants) as Record<Name, Variant>;
}

interface Warm {
  /** How often it has to be done to last long enough to be measured, and what each time then takes. */
  readonly times: number;
  readonly ms: number;
}

async function warmUp(once: Repeatable): Promise<Warm> {
  // What the first one makes and the others use would be taken for what each takes.
  await once();
  let times = 1;
  for (let spent = 0; ; ) {
    const ms = await timeOf(times, once);
    spent += ms;
    if (ms >= LEAST_MS && spent >= WARM_UP_MS) return { times, ms: ms / times };
    if (ms < LEAST_MS) times *= 2;
  }
}

async function timeOf(times: number, once: Repeatable): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const pending = once();
    if (pending !== undefined) await pending;
  }
  return performance.now() - start;
}
