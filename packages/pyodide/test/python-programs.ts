import type { Definition } from '@loom/engine';
import type { ContractPrograms } from '@loom/testing';

/** A Python node type for tests. `entry` is the last function of the source. */
export function python(typeId: string, source: string, options: Partial<PythonProgram> = {}): Definition {
  const entry = [...source.matchAll(/^(?:async )?def (\w+)/gm)].at(-1)?.[1] ?? 'missing';
  const { revision = typeId, returns = 'single', outputs = ['result'] } = options;
  return {
    typeId,
    outputs,
    implementation: { kind: 'source', language: 'python', source, entry, revision, returns },
  };
}

interface PythonProgram {
  readonly revision: string;
  readonly returns: 'none' | 'single' | 'mapping' | 'sequence';
  readonly outputs: readonly string[];
}

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
  table: python(
    'table',
    'def table(rows):\n    return [{"index": index, "name": f"row {index}"} for index in range(rows)]\n',
  ),
};
