import { describe, expect, it } from 'vitest';
import type { LogEntry } from './log-entry.js';
import { entryText, filterLog, logText, timeText } from './log-lines.js';
import { plainText } from './plain-text.js';

function entry(id: number, rest: Partial<LogEntry> = {}): LogEntry {
  return { id, stream: 'stdout', text: `line ${id}`, at: id, ...rest };
}

describe('plainText', () => {
  it('drops colours, cursor moves, titles and links of terminals', () => {
    expect(plainText('\u001b[1;31mred\u001b[0m \u001b[2Kx')).toBe('red x');
    expect(plainText('\u001b]0;title\u0007shown')).toBe('shown');
    expect(plainText('\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\')).toBe('link');
  });

  it('shows the last state of a line that was drawn over', () => {
    expect(plainText('10%\r50%\r100%\ndone\r')).toBe('100%\ndone');
    expect(plainText('a\r\nb\r\n')).toBe('a\nb');
  });

  it('keeps tabs and line breaks, and drops one line break at the end', () => {
    expect(plainText('a\tb\n\nc\n')).toBe('a\tb\n\nc');
    expect(plainText('bell\u0007')).toBe('bell');
  });

  it('reads a megabyte of escapes that never end', () => {
    // An expression that tries again from each of them would not come back before the test's time is over.
    const parameters = '1;'.repeat(500_000);
    expect(plainText('\u001b]'.repeat(500_000)) === '').toBe(true);
    expect(plainText(`\u001b[${parameters}`) === parameters).toBe(true);
  });
});

describe('filterLog', () => {
  const entries = [
    entry(1, { nodeTitle: 'Read', text: 'Reading' }),
    entry(2, { stream: 'stderr', text: '\u001b[31mWarn\u001b[0ming' }),
    entry(3, { stream: 'system', text: 'Run started' }),
  ];

  it('finds text without its colours, and names of nodes', () => {
    expect(filterLog(entries, { hidden: new Set(), text: 'warning' })).toEqual([entries[1]]);
    expect(filterLog(entries, { hidden: new Set(), text: 'READ' })).toEqual([entries[0]]);
  });

  it('keeps of a piece of many lines those that have the text', () => {
    const piece = entry(4, { nodeTitle: 'Loop', text: 'step 1\nstep 2\nother\n' });
    expect(filterLog([piece], { hidden: new Set(), text: 'step' })).toEqual([{ ...piece, text: 'step 1\nstep 2' }]);
    expect(filterLog([piece], { hidden: new Set(), text: 'loop' })).toEqual([piece]);
  });

  it('leaves out hidden streams', () => {
    expect(filterLog(entries, { hidden: new Set(['system', 'stderr']), text: '' })).toEqual([entries[0]]);
  });

  it('gives the very list when nothing is filtered', () => {
    expect(filterLog(entries, { hidden: new Set(), text: ' ' })).toBe(entries);
  });
});

describe('logText', () => {
  it('names the node of each entry', () => {
    expect(logText([entry(1, { nodeTitle: 'Read' }), entry(2)])).toBe('[Read] line 1\nline 2');
    expect(entryText(entry(1, { text: 'x\n' }))).toBe('x');
  });
});

describe('timeText', () => {
  it('tells times of day from times since a start', () => {
    expect(timeText(12_345)).toBe('+12.345 s');
    expect(timeText(Date.UTC(2026, 0, 1, 12, 3, 7, 250))).toMatch(/^\d\d:\d3:07\.250$|^\d\d:\d\d:07\.250$/);
  });
});
