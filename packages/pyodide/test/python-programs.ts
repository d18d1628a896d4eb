import type { Definition } from '@loom/engine';
import type { ContractPrograms } from '@loom/testing';

/** A Python node type for tests. `entry` is the last function of the source. */
export function python(typeId: string, source: string, options: Partial<PythonProgram> = {}): Definition {
  const entry = [...source.matchAll(/^(?:async )?def (\w+)/gm)].at(-1)?.[1] ?? 'missing';
  const { revision = typeId, returns = 'single', outputs = ['result'], streams } = options;
  return {
    typeId,
    outputs,
    ...(streams ? { streams } : {}),
    implementation: { kind: 'source', language: 'python', source, entry, revision, returns },
  };
}

/** The same with another function of the source. */
function entry(definition: Definition, name: string): Definition {
  const { implementation } = definition;
  if (implementation.kind !== 'source') return definition;
  return { ...definition, implementation: { ...implementation, entry: name } };
}

interface PythonProgram {
  readonly revision: string;
  readonly returns: 'none' | 'single' | 'mapping' | 'sequence';
  readonly outputs: readonly string[];
  readonly streams: readonly string[];
}

/** The same with a stream on the port `result`. */
function streaming(typeId: string, source: string): Definition {
  return python(typeId, source, { streams: ['result'] });
}

/** One module for both, which remembers what was closed. */
const TIDY = `closed = []


def count(key):
    try:
        n = 0
        while True:
            yield n
            n += 1
    finally:
        closed.append(key)


async def count_later(key):
    for n in count(key):
        yield n


def all_closed():
    return closed
`;

/** The programs of the executor contract in Python. */
export const pythonPrograms: ContractPrograms = {
  add: python('add', 'def add(a, b):\n    return a + b\n'),
  constant: python('constant', 'def constant():\n    return 7\n'),
  constantNext: python('constant', 'def constant():\n    return 8\n', { revision: 'constant next' }),
  echo: python('echo', 'def echo(value):\n    return value\n'),
  fail: python('fail', 'def fail():\n    raise ValueError("boom")\n'),
  broken: python('broken', 'def broken(:\n    return 1\n'),
  print: python('print', 'def show(text):\n    print(text)\n    return text\n'),
  pair: python('pair', 'def pair():\n    return 1, 2\n', { returns: 'sequence', outputs: ['first', 'second'] }),
  opaque: python('opaque', 'class Opaque:\n    pass\n\n\ndef opaque():\n    return Opaque()\n'),
  wait: python('wait', 'import asyncio\n\n\nasync def wait():\n    await asyncio.Event().wait()\n'),
  forever: python('forever', 'def forever():\n    while True:\n        pass\n'),
  count: streaming('count', 'def count(n):\n    for i in range(n):\n        yield i\n'),
  countLater: streaming(
    'countLater',
    'import asyncio\n\n\nasync def count(n):\n    for i in range(n):\n        await asyncio.sleep(0)\n        yield i\n',
  ),
  countThenWait: streaming(
    'countThenWait',
    'import asyncio\n\n\nasync def count(n):\n    for i in range(n):\n        yield i\n    await asyncio.Event().wait()\n',
  ),
  countThenFail: streaming(
    'countThenFail',
    'def count(n):\n    for i in range(n):\n        yield i\n    # no more\n    raise ValueError("boom")\n',
  ),
  talk: streaming('talk', 'def talk(n):\n    for i in range(n):\n        print("item", i)\n        yield i\n'),
  stuck: streaming('stuck', 'def stuck(ctx):\n    while True:\n        ctx.log("still here" * 1000)\n    yield 1\n'),
  tidy: entry(streaming('tidy', TIDY), 'count'),
  tidyLater: entry(streaming('tidyLater', TIDY), 'count_later'),
  closed: entry(python('closed', TIDY), 'all_closed'),
  total: python('total', 'def total(items):\n    return sum(items)\n'),
  skipping: python(
    'skipping',
    [
      'from loom import skip',
      '',
      '',
      'def skipping(which):',
      '    if which == "all":',
      '        return skip',
      '    return skip if which == "first" else 1, skip if which == "second" else 2',
      '',
    ].join('\n'),
    { returns: 'sequence', outputs: ['first', 'second'] },
  ),
  tunable: python(
    'tunable',
    [
      'import asyncio',
      '',
      '',
      'async def tunable(ctx):',
      '    got = asyncio.get_running_loop().create_future()',
      '',
      '    def tune(value):',
      '        if value == 13:',
      '            raise ValueError("unlucky")',
      '        got.set_result(value)',
      '',
      '    ctx.on_parameter("rate", tune)',
      '    ctx.log("ready")',
      '    return await got',
      '',
    ].join('\n'),
  ),
  reading: python(
    'reading',
    [
      'import asyncio',
      '',
      '',
      'async def reading(ctx):',
      '    ctx.log("ready")',
      '    while ctx.param("rate", 0.5) == 0.5:',
      '        await asyncio.sleep(0.001)',
      '    return ctx.param("rate", 0.5)',
      '',
    ].join('\n'),
  ),
  tracked: python('tracked', 'def tracked(ctx):\n    return sum(item for item in ctx.progress([1, 2, 3], "adding"))\n'),
  measured: python(
    'measured',
    'def measured(ctx):\n    ctx.metric("loss", 3)\n    ctx.metric("loss", float("nan"))\n    ctx.metric("loss", 1, 10)\n',
  ),
  asking: python('asking', 'async def asking(ctx):\n    return await ctx.ask("Name?")\n'),
  table: python(
    'table',
    'def table(rows):\n    return [{"index": index, "name": f"row {index}"} for index in range(rows)]\n',
  ),
};
