import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

/** Says for each source whether CPython compiles it, and the line of its complaint. */
const COMPILER = `
import json, sys, warnings
warnings.simplefilter("ignore")
def line(source):
    try:
        compile(source, "node", "exec")
    except SyntaxError as error:
        return error.lineno
    except ValueError:
        return 0
results = [line(source) for source in json.load(sys.stdin)]
json.dump(results, sys.stdout)
`;

function compile(sources: readonly string[]): (number | null)[] {
  const input = JSON.stringify(sources);
  const output = execFileSync('python3', ['-c', COMPILER], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(output) as (number | null)[];
}

function errorLine(source: string): number | null {
  const errors = readPythonType('t', { kind: 'python', source }).problems.filter(
    ({ severity, message }) => severity === 'error' && !message.startsWith('No function'),
  );
  return errors[0]?.line ?? null;
}

const pieces = ['../../shelf/', '../../loom_runtime/'].flatMap((path) => {
  const folder = fileURLToPath(new URL(path, import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return files.map((name) => readFileSync(folder + name, 'utf8'));
});
const functions = pieces
  .flatMap((text) => text.split(/\n(?=def |async def |class |@)/))
  .filter((text) => /^(def|async|@|class)/.test(text));

const INSERTS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  '"',
  "'",
  ',',
  '\n',
  '    ',
  '=',
  '==',
  'def ',
  'if ',
  '*',
  '.',
  '\t',
  'f"',
  '#',
  '1',
  '->',
  '|',
  'in ',
];

/** Small random numbers that are the same on every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutate(source: string, random: () => number): string {
  const at = Math.floor(random() * source.length);
  const kind = random();
  if (kind < 0.4) return source.slice(0, at) + source.slice(at + 1 + Math.floor(random() * 3));
  if (kind < 0.8) return source.slice(0, at) + INSERTS[Math.floor(random() * INSERTS.length)] + source.slice(at);
  return source.slice(0, at);
}

describe('the reader agrees with CPython', () => {
  it('that the modules of this package are valid', () => {
    expect(compile(pieces)).toEqual(pieces.map(() => null));
    expect(pieces.map(errorLine)).toEqual(pieces.map(() => null));
  });

  it('about sources with one mistake', () => {
    const random = createRandom(20);
    const sources = Array.from({ length: 600 }, () =>
      mutate(functions[Math.floor(random() * functions.length)] ?? '', random),
    );
    const expected = compile(sources);
    const found = sources.map(errorLine);
    // What Python takes is never called wrong.
    expect(sources.filter((_, i) => expected[i] === null && found[i] !== null)).toEqual([]);
    // A few faults lie in the meaning and not in the grammar (`1 = x`): the reader leaves them to Python.
    const faulty = expected.filter((line) => line !== null).length;
    const noticed = expected.filter((line, i) => line !== null && found[i] !== null).length;
    const sameLine = expected.filter((line, i) => line !== null && found[i] === line).length;
    expect(faulty).toBeGreaterThan(200);
    expect(noticed / faulty).toBeGreaterThan(0.97);
    expect(sameLine / faulty).toBeGreaterThan(0.85);
  });
});
