import { describe, expect, it } from 'vitest';
import { parseCommand } from './arguments.js';

describe('parseCommand', () => {
  it('reads a run with everything', () => {
    expect(
      parseCommand([
        'run',
        'a.json',
        '--input',
        'x=1',
        '--input',
        'name=a=b',
        '--json',
        '--out',
        'made',
        '--timeout',
        '500',
      ]),
    ).toEqual({
      kind: 'run',
      file: 'a.json',
      json: true,
      out: 'made',
      inputs: [
        { name: 'x', text: '1' },
        { name: 'name', text: 'a=b' },
      ],
      timeoutMs: 500,
    });
  });

  it('reads a check', () => {
    expect(parseCommand(['check', 'a.json'])).toEqual({ kind: 'check', file: 'a.json', json: false });
  });

  it('helps when nothing is asked', () => {
    expect(parseCommand([])).toEqual({ kind: 'help' });
    expect(parseCommand(['run', 'a.json', '--help'])).toEqual({ kind: 'help' });
    expect(parseCommand(['--version'])).toEqual({ kind: 'version' });
  });

  it.each([
    [['walk', 'a.json'], 'no command "walk"'],
    [['run'], 'Name a file'],
    [['run', 'a.json', 'b.json'], '"b.json" is too many'],
    [['run', 'a.json', '--input', 'x'], 'NAME=VALUE'],
    [['run', 'a.json', '--input', '=1'], 'NAME=VALUE'],
    [['run', 'a.json', '--timeout', '0'], 'whole milliseconds'],
    [['run', 'a.json', '--timeout', 'soon'], 'whole milliseconds'],
    [['run', 'a.json', '--verbose'], /^Unknown option '--verbose'\. loom --help names the options\.$/],
    [['run', 'a.json', '--timeout'], /^Option '--timeout <value>' argument missing\. loom --help/],
    [['run', 'a.json', '--out', ''], '--out wants a folder'],
    [['check', 'a.json', '--input', 'x=1'], 'check runs nothing'],
    [['check', 'a.json', '--out', 'made'], 'check runs nothing'],
  ])('says what is wrong with %j', (argv, message) => {
    expect(() => parseCommand(argv)).toThrow(expect.objectContaining({ code: 'cli/usage' }));
    expect(() => parseCommand(argv)).toThrow(message);
  });
});
