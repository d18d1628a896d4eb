import { parser } from '@lezer/python';
import { afterEach, expect, it, vi } from 'vitest';
import { readPythonType } from './read-python.js';
import { parsePython } from './syntax-tree.js';

afterEach(() => vi.restoreAllMocks());

/** A clock on which every look takes a second. */
function slowClock(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
}

const source = 'def first(x: int):\n    return x\n\n'.repeat(500);

it('a source is parsed to its end', () => {
  expect(parsePython(source).readTo).toBe(source.length);
});

it('parsing that has become slow stops, and what was read counts', () => {
  slowClock();
  const { tree, readTo } = parsePython(source);
  expect(readTo).toBeGreaterThan(0);
  expect(readTo).toBeLessThan(source.length);
  expect(tree.topNode.firstChild?.name).toBe('FunctionDefinition');
});

it('what is nested deeper than the stack allows is not read, and that is a warning', () => {
  const parse = parser.startParse('');
  vi.spyOn(parse, 'advance').mockImplementation(() => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  vi.spyOn(parser, 'startParse').mockReturnValueOnce(parse);
  expect(readPythonType('t', { kind: 'python', source }).problems[0]).toMatchObject({
    severity: 'warning',
    line: 1,
    message: expect.stringContaining('nested too deep'),
  });
});

it('where parsing stopped is a warning and no error', () => {
  slowClock();
  const type = readPythonType('t', { kind: 'python', source });
  expect(type.problems).toMatchObject([{ severity: 'warning', message: expect.stringContaining('too long to read') }]);
  expect(type.inputs).toHaveLength(1);
});
