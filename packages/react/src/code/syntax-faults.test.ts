import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { syntaxFaults } from './syntax-faults.js';

const languages = { python: python(), javascript: javascript() };

/** The lines with a fault, and what is marked there. */
function faults(language: keyof typeof languages, doc: string): readonly string[] {
  const state = EditorState.create({ doc, extensions: [languages[language]] });
  return syntaxFaults(state, 'x').map(
    ({ from, to }) => `${state.doc.lineAt(from).number}: ${state.sliceDoc(from, to)}`,
  );
}

describe('syntaxFaults', () => {
  it.each([
    [
      'python',
      'def f[T](*a: T, b: float = 1.5, **k) -> list[T]:\n    match a:\n        case [x, *_] if x:\n            pass\n',
    ],
    ['python', '@node(pure=True)\nasync def f(a):\n    return [f"{x!r:>{2}}" async for x in a if (y := x)]\n'],
    [
      'javascript',
      'export default async function f({ a = 1, ...rest }) {\n  return { ...rest, a: a ?? (await g?.()) };\n}\n',
    ],
    ['python', ''],
  ] as const)('finds nothing in %s that is in order', (language, source) => {
    expect(faults(language, source)).toEqual([]);
  });

  it.each([
    ['python', 'def f(a)\n    return a\n', 1],
    ['python', 'x = 1\ny = = 2\n', 2],
    ['javascript', 'const a = 1;\nconst b = ;\n', 2],
  ] as const)('marks the line of %s that cannot be read', (language, source, line) => {
    expect(faults(language, source)[0]).toMatch(new RegExp(`^${line}: .`));
  });

  it('marks a line once, and not the whole of a text that is none', () => {
    const found = faults('javascript', ') ( ] [ }\n'.repeat(100));
    expect(found.length).toBeLessThanOrEqual(20);
    expect(new Set(found.map((fault) => fault.split(':')[0])).size).toBe(found.length);
  });
});
