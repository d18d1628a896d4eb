import { decodePortable, encodePortable } from '@loom/engine';
import { expect, it, onTestFinished } from 'vitest';
import { python } from '../../test/python-programs.js';
import { callOf, performTasks, resultOf } from '../../test/tasks.js';
import { createNodePyodideExecutor } from '../node.js';

const VALUES = `
import datetime
import math
import random

def value(rng, depth):
    kind = rng.randrange(14 if depth else 9)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.choice([0, -1, 2**53, -(2**80), rng.randrange(10**30)])
    if kind == 2:
        return rng.choice([0.5, -0.0, math.nan, math.inf, -math.inf, 5e-324, 1e22])
    if kind in (3, 4):
        return "".join(rng.choice('a$"\\\\\\u2028\\U0001f600\\x00') for _ in range(rng.randrange(5)))
    if kind == 5:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(5)))
    if kind == 6:
        return datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(milliseconds=rng.randrange(10**12))
    if kind == 7:
        return {rng.randrange(9) for _ in range(rng.randrange(4))}
    if kind == 8:
        return memoryview(bytearray(range(6))).cast("b")
    if kind in (9, 10):
        return [value(rng, depth - 1) for _ in range(rng.randrange(5))]
    if kind == 11:
        return {rng.choice(["a", "$", "__proto__", "b c"]): value(rng, depth - 1) for _ in range(rng.randrange(4))}
    if kind == 12:
        return {**{rng.randrange(-3, 3): value(rng, depth - 1) for _ in range(rng.randrange(3))}, 9: None}
    return [{"row": n, "name": value(rng, 0)} for n in range(rng.randrange(4))]

def shown(item):
    if isinstance(item, dict):
        return ["dict", sorted(([shown(key), shown(each)] for key, each in item.items()), key=repr)]
    if isinstance(item, list):
        return ["list", [shown(each) for each in item]]
    if isinstance(item, set):
        return ["set", sorted(item)]
    if type(item).__name__ in ("array", "memoryview"):
        return ["array", list(item)]
    # A float without a fraction is a number like any other in JavaScript.
    return repr(float(item)) if isinstance(item, (int, float)) and not isinstance(item, bool) and abs(item) < 2**53 else repr(item)

def make(seed: int):
    return value(random.Random(seed), 4)

def same(seed: int, given):
    return [shown(make(seed)), shown(given)]
`;

it('what Python gives comes back from JavaScript as it went', async () => {
  const executor = createNodePyodideExecutor({ lanes: 1 });
  onTestFinished(() => executor.dispose());
  const make = python('make', VALUES.replace(/def same[\s\S]*/, ''));
  const same = python('same', VALUES);
  await executor.define([make, same]);
  const first = Math.floor(Math.random() * 2 ** 31);
  const seeds = Array.from({ length: 150 }, (_, place) => first + place);
  const { ends } = await performTasks(
    executor,
    seeds.map((seed) => callOf(make, { seed })),
  );
  for (const [place, seed] of seeds.entries()) {
    const given = await resultOf(executor, ends[place]);
    // What JavaScript makes of it travels once more, as between two executors.
    const again = decodePortable(encodePortable(given));
    const [end] = (await performTasks(executor, [callOf(same, { seed, given: again })])).ends;
    const [made, back] = (await resultOf(executor, end)) as [unknown, unknown];
    expect(back, `seed ${seed}`).toEqual(made);
  }
});

it('what cannot leave is refused with its place', async () => {
  const executor = createNodePyodideExecutor({ lanes: 1 });
  onTestFinished(() => executor.dispose());
  const source = 'def rows():\n    return {"rows": [{"name": 1}, {"name": 2}, {}, {"name": object()}]}\n';
  const rows = python('rows', source);
  await executor.define([rows]);
  const [end] = (await performTasks(executor, [callOf(rows)])).ends;
  await expect(resultOf(executor, end)).rejects.toMatchObject({
    code: 'value/not-portable',
    message: 'A value of type object cannot leave Python (at rows[3].name).',
  });
});
