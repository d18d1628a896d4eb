import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as acorn from 'prettier/plugins/acorn';
import * as estree from 'prettier/plugins/estree';
import * as prettier from 'prettier/standalone';
import { describe, expect, it } from 'vitest';
import { prettierTool } from './prettier-tool.js';
import { type RuffModule, ruffTool } from './ruff-tool.js';

const wasm = createRequire(import.meta.url).resolve('@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm');

/** The package as a browser loads it, with its code read from the disk. */
async function loadRuff(): Promise<RuffModule> {
  const ruff = await import('@astral-sh/ruff-wasm-web');
  ruff.initSync({ module: await readFile(wasm) });
  return { Workspace: ruff.Workspace, default: async () => undefined };
}

describe('ruffTool', () => {
  const python = ruffTool(loadRuff);

  it('lays out a source', async () => {
    expect(await python.format('def add( a:int,b ):\n  return a+b')).toBe('def add(a: int, b):\n    return a + b\n');
  });

  it('says what is wrong and where', async () => {
    const found = await python.lint('import os\n\n\ndef f(x):\n    return x + missing\n');
    expect(found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))).toEqual([
      {
        message: '`os` imported but unused (F401)',
        severity: 'warning',
        line: 1,
        column: 8,
        endLine: 1,
        endColumn: 10,
      },
      {
        message: 'Undefined name `missing` (F821)',
        severity: 'error',
        line: 5,
        column: 16,
        endLine: 5,
        endColumn: 23,
      },
    ]);
  });

  it('finds nothing in what is right, also where it is new', async () => {
    expect(await python.lint('type Pair[T] = tuple[T, T]\n\n\ndef f(x: Pair[int]) -> int:\n    return x[0]\n')).toEqual(
      [],
    );
  });

  it('refuses a source that cannot be read, with the reason', async () => {
    await expect(python.format('def f(:\n    pass\n')).rejects.toThrow(/^[^)]*[Ee]xpected.* \(line 1\)$/);
    await expect(python.format('x = "näïve 😀"\n\ny = (1 +\n')).rejects.toThrow(/ \(line [34]\)$/);
    expect(await python.lint('def f(:\n    pass\n')).toContainEqual(
      expect.objectContaining({ severity: 'error', line: 1 }),
    );
  });

  it('counts columns as the editor does, also behind characters of two units', async () => {
    expect(await python.lint('x = "😀" + missing\n')).toMatchObject([{ line: 1, column: 12 }]);
  });

  it('tries again when it could not be loaded', async () => {
    let attempts = 0;
    const tool = ruffTool(() => (++attempts === 1 ? Promise.reject(new Error('offline')) : loadRuff()));
    await expect(tool.format('x=1')).rejects.toThrow('offline');
    expect(await tool.format('x=1')).toBe('x = 1\n');
  });
});

describe('prettierTool', () => {
  const javascript = prettierTool(async () => [prettier, acorn, estree], { singleQuote: true });

  it('lays out a source', async () => {
    expect(await javascript.format('export default ({n})=>({ out:n*2,  s:"a" })')).toBe(
      "export default ({ n }) => ({ out: n * 2, s: 'a' });\n",
    );
  });

  it('finds nothing in what is right', async () => {
    expect(await javascript.lint('export default async ({ n }) => ({ out: await n });')).toEqual([]);
  });

  it('says where a source cannot be read, and leaves it as it is', async () => {
    const source = 'export default ({ n }) => {\n  return { out: n +* 2 };\n};\n';
    expect(await javascript.lint(source)).toEqual([
      { severity: 'error', message: expect.stringMatching(/^Unexpected token/), line: 2, column: expect.any(Number) },
    ]);
    await expect(javascript.format(source)).rejects.toThrow(/^Unexpected token[^\n]*$/);
  });

  it('what could not be loaded is no fault of the source', async () => {
    const tool = prettierTool(() => Promise.reject(new Error('offline')));
    await expect(tool.lint('1')).rejects.toThrow('offline');
  });
});
