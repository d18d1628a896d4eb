import type { OutputSummary } from '@loom/engine';
import { describe, expect, it } from 'vitest';
import { textOfPreview } from './preview-text.js';

const summary = (data: OutputSummary['preview']['data']): OutputSummary => ({
  ref: { executor: 'js', handle: 'v1' },
  typeName: 'x',
  preview: { data, truncated: false },
});

describe('textOfPreview', () => {
  it('draws a table with numbers to the right', () => {
    const page = {
      columns: [
        { name: 'name', type: 'string' },
        { name: 'n', type: 'int' },
      ],
      rows: [
        ['Adelie', 151],
        ['a\nb', null],
      ],
      total: 5,
      offset: 0,
    };
    expect(textOfPreview(summary({ 'application/vnd.loom.table+json': page }))).toBe(
      ['name      n', '------  ---', 'Adelie  151', 'a b', '… 3 more rows'].join('\n'),
    );
  });

  it('prints text, and names what a terminal cannot show', () => {
    expect(textOfPreview(summary({ 'text/plain': '42' }))).toBe('42');
    expect(textOfPreview(summary({ 'image/svg+xml': '<svg/>', 'text/plain': '<Svg object>' }))).toContain(
      'image/svg+xml',
    );
    expect(textOfPreview(summary({ 'application/json': [1] }))).toBe('[\n  1\n]');
    expect(textOfPreview(summary({}))).toBe('(nothing to show)');
  });
});
