import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

const read = (decorator: string, before = '') =>
  readPythonType('t', { kind: 'python', source: `${before}${decorator}\ndef f(x: int = 0, y=0): ...\n` });

describe('@node adds to the signature', () => {
  it('title, description, category and pure', () => {
    const type = read('@node(title="My title", description="What " "it does.", category="A/B", pure=True)');
    expect(type).toMatchObject({
      title: 'My title',
      description: 'What it does.',
      category: 'A/B',
      pure: true,
      problems: [],
    });
  });

  it.each(['@node', '@node()', '@loom.node', '@loom.node()', '@other\n@node(pure=False)'])(
    '%s adds nothing',
    (decorator) => {
      expect(read(decorator)).toMatchObject({
        title: 'F',
        pure: false,
        problems: [],
        inputs: [{ id: 'x' }, { id: 'y' }],
      });
    },
  );

  it('under another name when it is imported so', () => {
    expect(read('@step(pure=True)', 'from loom import node as step\n').pure).toBe(true);
    expect(read('@step(pure=True)').pure).toBe(false);
  });

  it('settings of inputs', () => {
    const widget = "{'kind': 'slider', 'min': 0, 'max': 9, 'step': 3}";
    const type = read(
      `@node(inputs={'x': {'title': 'How many', 'help': 'A count.', 'widget': ${widget}}, 'y': {'multiple': True}})`,
    );
    expect(type.inputs).toEqual([
      {
        id: 'x',
        title: 'How many',
        type: { kind: 'int' },
        required: false,
        default: 0,
        help: 'A count.',
        widget: { kind: 'slider', min: 0, max: 9, step: 3 },
      },
      { id: 'y', title: 'Y', type: { kind: 'any' }, required: false, default: 0, multiple: true },
    ]);
  });

  it.each([
    [
      "{'kind': 'select', 'options': ['a', {'value': 1, 'title': 'One'}, []]}",
      { kind: 'select', options: [{ value: 'a' }, { value: 1, title: 'One' }] },
    ],
    ["{'kind': 'text', 'multiline': True, 'placeholder': 'p'}", { kind: 'text', multiline: true, placeholder: 'p' }],
    ["{'kind': 'number', 'min': 1}", { kind: 'number', min: 1 }],
    ["{'kind': 'custom', 'name': 'colour'}", { kind: 'custom', name: 'colour' }],
    ["{'kind': 'json'}", { kind: 'json' }],
    ["{'kind': 'none'}", { kind: 'none' }],
    ["{'kind': 'slider'}", undefined],
    ["{'kind': 'what'}", undefined],
    ["{'kind': 'select', 'options': []}", undefined],
    ["'slider'", undefined],
  ])('widget %s', (widget, expected) => {
    expect(read(`@node(inputs={'x': {'widget': ${widget}}})`).inputs[0]?.widget).toEqual(expected);
  });

  it('titles and help of outputs', () => {
    expect(read('@node(outputs={"total": "The sum."})').outputs).toEqual([
      { id: 'total', title: 'Total', type: { kind: 'any' }, help: 'The sum.' },
    ]);
    expect(read('@node(outputs={"total": {"title": "Sum", "help": "All."}})').outputs).toEqual([
      { id: 'total', title: 'Sum', type: { kind: 'any' }, help: 'All.' },
    ]);
  });
});

describe('what is not literal is reported and left out', () => {
  it.each([
    ['title=name', '@node: title must be a literal string.'],
    ['title=1', '@node: title must be a literal string.'],
    ['pure="yes"', '@node: pure must be True or False.'],
    ['outputs=[a]', '@node: outputs must be a literal list of names, or a dict from name to help.'],
    ['outputs=["a", 1]', '@node: outputs must be a literal list of names, or a dict from name to help.'],
    ['inputs=[]', '@node: inputs must be a literal dict from parameter to settings.'],
    ['colour="red"', '@node does not know "colour".'],
  ])('%s', (keyword, message) => {
    const column = '@node('.length + keyword.indexOf('=') + 2;
    const { problems, title } = read(`@node(${keyword})`);
    expect(problems).toEqual([
      { message, severity: 'warning', line: 1, column, endLine: 1, endColumn: '@node('.length + keyword.length + 1 },
    ]);
    expect(title).toBe('F');
  });

  it('settings for a parameter that is not there', () => {
    expect(read("@node(inputs={'z': {}})").problems).toMatchObject([
      { message: '@node: there is no parameter "z".', severity: 'warning' },
    ]);
  });
});
