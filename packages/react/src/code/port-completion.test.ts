import { CompletionContext } from '@codemirror/autocomplete';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completeJavaScript, completePython } from './port-completion.js';

const ports = {
  inputs: [
    { name: 'count', type: 'int', help: 'How many' },
    { name: 'name', type: 'string' },
  ],
  outputs: [{ name: 'total', type: 'number' }],
};

/** A state whose text is read to its end: a busy machine would not get there in the time that editing allows. */
function readState(doc: string, extensions: Extension): EditorState {
  const state = EditorState.create({ doc, extensions });
  ensureSyntaxTree(state, doc.length, 20_000);
  // The next state has what was read since.
  return state.update({}).state;
}

/** What is offered at the bar of a text; nothing at all is null. */
function offered(language: 'python' | 'javascript', marked: string): readonly string[] | null {
  const pos = marked.indexOf('|');
  const state = readState(marked.replace('|', ''), language === 'python' ? python() : javascript());
  const complete = language === 'python' ? completePython : completeJavaScript(() => ports);
  const result = complete(new CompletionContext(state, pos, true));
  return result?.options.map(({ label }) => label) ?? null;
}

describe('in JavaScript', () => {
  it.each([
    ['behind the first parameter', 'export default (inputs) => ({ total: inputs.| });'],
    ['behind it under another name', 'export default (all, ctx) => { const x = all.co|; };'],
    ['of a function that is declared', 'export default async function run(inputs) { return inputs.| }'],
    ['where the first parameter is taken apart', 'export default ({ | }) => ({ total: 1 });'],
    ['between names that are taken apart', 'export default ({ count, na| }) => ({ total: 1 });'],
  ])('offers the inputs %s', (_where, source) => {
    expect(offered('javascript', source)).toEqual(['count', 'name']);
  });

  it.each([
    ['right behind the arrow', 'export default ({ count }) => ({ | });'],
    ['after return', 'export default ({ count }) => { return { to| }; };'],
  ])('offers the outputs in an object %s', (_where, source) => {
    expect(offered('javascript', source)).toEqual(['total']);
  });

  it('offers what the second parameter can do, whatever it is called', () => {
    expect(offered('javascript', 'export default (inputs, c) => { c.lo|; };')).toContain('log');
    expect(offered('javascript', 'export default ({ count }, ctx) => { ctx.|; };')).toContain('signal');
  });

  it.each([
    ['behind something else', 'const x = {}; export default (inputs) => x.|;'],
    ['in an object that is no result', 'export default ({ count }) => { const x = { | }; return { total: x }; };'],
    ['as the value of a key', 'export default ({ count }) => ({ total: c| });'],
    ['in another function', 'const f = ({ | }) => 1; export default (inputs) => ({ total: 1 });'],
    ['without an exported function', 'inputs.|'],
  ])('offers no ports %s', (_where, source) => {
    expect(offered('javascript', source)).toBeNull();
  });
});

describe('in Python', () => {
  it('offers what the context can do', () => {
    expect(offered('python', 'def f(x, ctx):\n    ctx.|\n')).toContain('progress');
    expect(offered('python', 'def f(x, ctx):\n    ctx.lo|\n')).toContain('log');
  });

  it('offers nothing of it behind other names', () => {
    expect(offered('python', 'def f(x, ctx):\n    x.|\n')).toBeNull();
    expect(offered('python', 'def f(x, ctx):\n    ct|\n')).toBeNull();
  });

  it('leaves parameters, locals and imports to the language, which offers them', async () => {
    const source = 'import math\n\ndef f(width: float, ctx):\n    height = 2\n    return h';
    const state = readState(source, python());
    const sources = state.languageDataAt<(context: CompletionContext) => { options: { label: string }[] } | null>(
      'autocomplete',
      source.length,
    );
    const context = new CompletionContext(state, source.length, true);
    const labels = sources.flatMap((complete) => complete(context)?.options ?? []).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['width', 'ctx', 'height', 'math', 'len']));
  });
});
