import { describe, expect, it } from 'vitest';
import { parseDocstring } from './docstring.js';
import { readPythonType } from './read-python.js';

const help = (text: string) => Object.fromEntries(parseDocstring(text).parameters);

describe('the summary is the first paragraph on one line', () => {
  it.each([
    ['Do it.', 'Do it.'],
    ['\n    Do it\n    now.\n\n    More.\n', 'Do it now.'],
    ['Do it.\n\n    Args:\n        x: An x.\n', 'Do it.'],
    ['Args:\n    x: An x.\n', undefined],
    ['', undefined],
    [' \n\t\n', undefined],
  ])('%j', (text, expected) => {
    expect(parseDocstring(text).summary).toBe(expected);
  });
});

describe('Args describe parameters', () => {
  it.each([
    [
      'Do.\n\n    Args:\n        x: An x.\n        y (int): A y,\n            a long one.\n',
      { x: 'An x.', y: 'A y, a long one.' },
    ],
    ['Do.\n\nParameters:\n  x : An x.\n', { x: 'An x.' }],
    ['Do.\n\tArguments:\n\t\tx: An x.\n\t\t*rest: More.\n', { x: 'An x.', rest: 'More.' }],
    ['Do.\n\nArgs:\n    x: See: this.\n\nRaises:\n    ValueError: Never.\n', { x: 'See: this.' }],
    ['Do.\n\nArgs:\n    x:\n        On its own line.\n', { x: 'On its own line.' }],
    ['Do.\n\nArgs:\n', {}],
    ['Do.\n\nArgs:\n    no entry\n    x: An x.\n', { x: 'An x.' }],
  ])('%j', (text, expected) => {
    expect(help(text)).toEqual(expected);
  });
});

describe('Returns names outputs only when every line is an entry', () => {
  it.each([
    ['Returns:\n    a: An a.\n    b (int): A b.\n', { a: 'An a.', b: 'A b.' }],
    ['Returns:\n    The number of things: all of them.\n', {}],
    ['Returns:\n    a: An a.\n    And more.\n', {}],
  ])('%j', (text, expected) => {
    expect(Object.fromEntries(parseDocstring(`Do.\n\n${text}`).returned)).toEqual(expected);
  });
});

describe('the docstring is the first statement of the body', () => {
  it.each([
    ['def f():\n    """Do it."""\n', 'Do it.'],
    ["def f(): 'Do it.'\n", 'Do it.'],
    ['def f():\n    # comment\n    r"""Do \\it."""\n    return 1\n', 'Do \\it.'],
    ['def f():\r\n\t"""Do\r\n\tit.\r\n\t"""\r\n', 'Do it.'],
    ['def f():\n    f"""Do it."""\n', undefined],
    ['def f():\n    b"""Do it."""\n', undefined],
    ['def f():\n    x = 1\n    """Do it."""\n', undefined],
    ['def f():\n    """Do it.', undefined],
  ])('%j', (source, expected) => {
    expect(readPythonType('t', { kind: 'python', source }).description).toBe(expected);
  });
});
