import { describe, expect, it } from 'vitest';
import { readPythonModule, readPythonType } from './read-python.js';

const read = (source: string, entry?: string) =>
  readPythonType('my-type', { kind: 'python', source, ...(entry !== undefined && { entry }) });
const entryOf = (source: string) => {
  const { implementation } = read(source);
  return implementation.kind === 'source' ? implementation.entry : undefined;
};

it('a function becomes a node type', () => {
  const source = `def filter_rows(rows: list[dict], column: str, limit: float = 0.5) -> list[dict]:
    """Keep rows.

    Args:
        rows: A table.
    """
    return rows
`;
  const rows = { kind: 'list', item: { kind: 'dict', key: { kind: 'any' }, value: { kind: 'any' } } };
  expect(read(source)).toEqual({
    id: 'my-type',
    version: 1,
    title: 'Filter rows',
    description: 'Keep rows.',
    inputs: [
      { id: 'rows', title: 'Rows', type: rows, required: true, help: 'A table.' },
      { id: 'column', title: 'Column', type: { kind: 'string' }, required: true },
      { id: 'limit', title: 'Limit', type: { kind: 'number' }, required: false, default: 0.5 },
    ],
    outputs: [{ id: 'result', title: 'Result', type: rows }],
    pure: false,
    implementation: {
      kind: 'source',
      language: 'python',
      source,
      entry: 'filter_rows',
      revision: expect.stringMatching(/^[0-9a-f]{16}$/),
      returns: 'single',
    },
    problems: [],
  });
});

describe('the entry', () => {
  it.each([
    ['def a(): ...\ndef b(): ...', 'b'],
    ['def a(): ...\ndef _b(): ...', 'a'],
    ['def a():\n    def b(): ...\n', 'a'],
    ['def a(): ...\nclass C:\n    def b(self): ...\n', 'a'],
    ['def b(): ...\ndef a(): ...\ndef b(x): ...', 'b'],
    ['async def a(): ...', 'a'],
    ['@cache\ndef a(): ...', 'a'],
    ['@app.get("/")(1)\ndef a(): ...', 'a'],
    ['if x:\n    def a(): ...\nelse:\n    def a(y): ...\n', 'a'],
    ['try:\n    import numpy\nexcept ImportError:\n    def a(): ...\n', 'a'],
    ['with x:\n    def a(): ...\n', 'a'],
    ['def a(): ...\nif __name__ == "__main__":\n    def main(): ...\n', 'a'],
    ['@node\ndef a(): ...\ndef b(): ...', 'a'],
    ['@node\ndef _a(): ...\ndef b(): ...', '_a'],
    ['\ufeffdef a(): ...', 'a'],
    ['\fdef a(): ...\r\n', 'a'],
    ['def a(): return 1; x = 2', 'a'],
    ['def größe(): ...', 'größe'],
  ])('of %j is %s', (source, expected) => {
    expect(entryOf(source)).toBe(expected);
    expect(read(source).problems).toEqual([]);
  });

  it('is the function that the type names', () => {
    expect(read('def a(x): ...\ndef b(): ...', 'a').inputs).toHaveLength(1);
    expect(read('def _a(x): ...', '_a').inputs).toHaveLength(1);
  });

  it.each(['', '# nothing', 'x = 1', 'class A: ...', 'def _a(): ...', 'double = lambda x: 2 * x'])(
    'is missing in %j, which is a problem',
    (source) => {
      expect(read(source)).toMatchObject({
        title: 'Python',
        inputs: [],
        outputs: [],
        problems: [{ message: expect.stringMatching(/^No function found/), severity: 'error', line: 1, column: 1 }],
      });
    },
  );

  it('that is not there is named in the problem', () => {
    expect(read('def a(): ...', 'b').problems[0]?.message).toContain('"b"');
    expect(read('def a(): ...', '__proto__').inputs).toEqual([]);
  });
});

describe('what the flow says wins', () => {
  it('over decorator and docstring', () => {
    const source = '@node(title="T", category="C")\ndef a():\n    """D."""\n';
    const type = { kind: 'python', source, title: 'Mine', description: 'My words.', category: 'Own' } as const;
    expect(readPythonType('t', type)).toMatchObject({ title: 'Mine', description: 'My words.', category: 'Own' });
  });
});

describe('the revision', () => {
  const revision = (source: string, entry?: string) => {
    const { implementation } = read(source, entry);
    return implementation.kind === 'source' && implementation.revision;
  };
  it('follows source and entry, and nothing else', () => {
    const source = 'def a(): ...\ndef b(): ...\n';
    expect(revision(source)).toBe(revision(source, 'b'));
    expect(revision(source)).not.toBe(revision(source, 'a'));
    expect(revision(source)).not.toBe(revision(`${source}#`));
  });
});

describe('a module', () => {
  it('gives every public function, in order', () => {
    const source = 'def a(x): ...\ndef _b(): ...\n@node(category="Mine")\ndef c(): ...\n';
    const plain = source.replace(/@node.*\n/, '');
    const options = { shelf: 'Topic', idPrefix: 'p/' };
    expect(readPythonModule(plain, options)).toMatchObject([
      { id: 'p/a', category: 'Topic', inputs: [{ id: 'x' }], implementation: { source: plain, entry: 'a' } },
      { id: 'p/c', category: 'Topic', implementation: { source: plain, entry: 'c' } },
    ]);
    expect(readPythonModule(source, options)).toMatchObject([{ id: 'p/c', category: 'Mine' }]);
  });

  it('without functions gives no types', () => {
    expect(readPythonModule('x = 1', { shelf: 'S', idPrefix: '' })).toEqual([]);
  });
});
