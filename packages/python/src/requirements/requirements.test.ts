import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRequirements } from './requirements-text.js';
import { readScriptRequirements } from './script-metadata.js';

it('lines, comments, conditions and continued lines of requirements.txt are read', () => {
  const text = [
    '# what we need',
    'numpy>=2  # arrays',
    '',
    'attrs[tests] >=22, \\',
    '  <26 ; python_version >= "3.9"',
    'tiny @ https://example.org/tiny-1.0-py3-none-any.whl#sha256=00',
    'numpy>=2',
    'last',
  ].join('\r\n');
  expect(readRequirements(text)).toEqual({
    requirements: [
      'numpy>=2',
      'attrs[tests] >=22,   <26 ; python_version >= "3.9"',
      'tiny @ https://example.org/tiny-1.0-py3-none-any.whl#sha256=00',
      'last',
    ],
    problems: [],
  });
});

it('what is no requirement is told with its line, and left out', () => {
  const { requirements, problems } = readRequirements(
    ['-r other.txt', '--index-url=https://example.org', 'a', '>=2', './local', 'b --hash=sha256:00', 'two words'].join(
      '\n',
    ),
  );
  expect(requirements).toEqual(['a']);
  expect(problems.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6, 7]);
  expect(problems[0]?.message).toContain('"-r" is an option of pip');
  expect(problems[1]?.message).toContain('"--index-url"');
});

const script = (...lines: string[]) => ['import x', '# /// script', ...lines, '# ///', 'def f(): ...'].join('\n');

it('the dependencies of a script block are read', () => {
  const source = script(
    '# requires-python = ">=3.11"',
    '# dependencies = [',
    `#   "numpy>=2", # arrays`,
    `#   'attrs; python_version >= "3.9"',`,
    '#   "rich[a]",',
    '# ]',
    '#',
    '# [tool.x]',
    '# dependencies = ["other"]',
  );
  for (const text of [source, source.replaceAll('\n', '\r\n')]) {
    expect(readScriptRequirements(text)).toEqual({
      requirements: ['numpy>=2', 'attrs; python_version >= "3.9"', 'rich[a]'],
      problems: [],
    });
  }
});

it('a source without a block, or a block without dependencies, requires nothing', () => {
  const nothing = { requirements: [], problems: [] };
  expect(readScriptRequirements('import x\n')).toEqual(nothing);
  expect(readScriptRequirements(script('# requires-python = ">=3.11"'))).toEqual(nothing);
  expect(readScriptRequirements(script('# [tool.x]', '# dependencies = ["other"]'))).toEqual(nothing);
});

it('what is wrong with a block is told', () => {
  const messageOf = (source: string) =>
    readScriptRequirements(source).problems.map(({ line, message }) => [line, message]);
  expect(messageOf(script('# dependencies = "a"'))).toEqual([[2, expect.stringContaining('not a list')]]);
  expect(messageOf(script('# dependencies = ["a", 5]'))).toEqual([[2, expect.stringContaining('no string')]]);
  expect(messageOf(script('# dependencies = ["a"'))).toEqual([[2, expect.stringContaining('does not end')]]);
  expect(messageOf(script('# dependencies = [">=1"]'))).toEqual([[2, expect.stringContaining('">=1"')]]);
  const twice = `${script('# dependencies = []')}\n${script('# dependencies = []')}`;
  expect(messageOf(twice)).toEqual([[2, expect.stringContaining('several')]]);
});

it('no text makes the readers throw, and each requirement is one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (text, lines) => {
      for (const read of [readRequirements(text), readScriptRequirements(script(...lines.map((line) => `# ${line}`)))])
        for (const requirement of read.requirements) expect(requirement).not.toMatch(/[\r\n]/);
    }),
  );
});
