/** What the nodes of a flow do; the ids of their node types. */
export type Work = 'bench/mix' | 'bench/mix-later' | 'bench/sleep';

/** What every subject calls for each node: two numbers in, one out. */
export type Call<Result> = (a: number, b: number) => Result;

/** How long a node of `bench/sleep` takes. */
const SLEEP_MS = 10;

/** Cheap, and nothing that a compiler could leave out. */
export function mix(a: number, b: number): number {
  return (a * 31 + b * 17 + 7) % 1_000_003;
}

/** The same, for a promise. */
export async function mixLater(a: number, b: number): Promise<number> {
  return mix(a, b);
}

async function sleep(a: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, SLEEP_MS));
  return a;
}

/** The function of some work. */
export function callOf(work: Work): Call<number | Promise<number>> {
  switch (work) {
    case 'bench/mix':
      return mix;
    case 'bench/mix-later':
      return mixLater;
    case 'bench/sleep':
      return sleep;
  }
}
