import { describe, expect, it } from 'vitest';
import { MAX_FORM_BYTES, MAX_FORM_TEXT } from './limits.js';
import { previewValue, summarize } from './preview.js';

const display = Symbol.for('Jupyter.display');
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2);

describe('values that say how they look', () => {
  it('[V10] forms come before the standard ones: texts as they are, bytes as base64, JSON as JSON', () => {
    const value = {
      at: 3,
      [display]: () => ({
        'application/vnd.story+json': { at: 3 },
        'text/html': '<b>3</b>',
        'image/png': png,
        'image/gif': undefined,
      }),
    };
    const { preview, typeName } = summarize(value);
    expect([typeName, preview.truncated]).toEqual(['object', false]);
    expect(Object.entries(preview.data)).toEqual([
      ['application/vnd.story+json', { at: 3 }],
      ['text/html', '<b>3</b>'],
      ['image/png', 'iVBORw0KGgoBAg=='],
      ['application/vnd.loom.tree+json', { at: 3 }],
      ['text/plain', '{"at":3}'],
    ]);
  });

  it('[V10] a list shows its first items as they look, in their order, within a bound', () => {
    const badge = (text: string) => ({ [display]: () => ({ 'text/html': text, 'text/plain': text }) });
    expect(previewValue([badge('a'), 2, badge('c')]).data['application/vnd.loom.gallery+json']).toEqual({
      items: [{ 'text/html': 'a', 'text/plain': 'a' }, { 'text/plain': '2' }, { 'text/html': 'c', 'text/plain': 'c' }],
      total: 3,
    });
    const many = previewValue(Array.from({ length: 1000 }, () => badge('x'.repeat(MAX_FORM_TEXT))));
    expect(many.data['application/vnd.loom.gallery+json']).toMatchObject({ items: { length: 12 }, total: 1000 });
    expect(JSON.stringify(many.data).length).toBeLessThan(5_000_000);
    expect(Object.keys(previewValue([1, { a: 1 }]).data)).not.toContain('application/vnd.loom.gallery+json');
  });

  it('[V10] a class has the method for all its instances, and its text stands for the standard one', () => {
    class Point {
      readonly at = [1, 2];
      [display]() {
        return { 'text/plain': `(${this.at.join(', ')})` };
      }
    }
    expect(previewValue(new Point()).data['text/plain']).toBe('(1, 2)');
  });

  it('[V10] bytes that begin as an image does are one, whole', () => {
    expect(previewValue(png).data['image/png']).toBe('iVBORw0KGgoBAg==');
    expect(previewValue(png.buffer).data['image/png']).toBe('iVBORw0KGgoBAg==');
    expect(previewValue(Uint8Array.of(1, 2)).data).toEqual({ 'text/plain': '01 02' });
    const long = new Uint8Array(1000);
    long.set(png);
    expect(previewValue(long).truncated).toBe(false);
  });

  it.each<[string, () => unknown, string]>([
    ['that throws', () => Promise.reject.call(undefined), 'Its display failed'],
    ['that gives a promise', async () => ({ 'text/html': 'x' }), 'at once, not a promise'],
    ['with a text too long', () => ({ 'text/html': 'x'.repeat(MAX_FORM_TEXT + 1) }), 'text/html left out: 64,001'],
    [
      'with bytes too long',
      () => ({ 'image/png': new Uint8Array(MAX_FORM_BYTES + 1) }),
      'image/png left out: 2,000,001',
    ],
    ['with what is no JSON', () => ({ 'a/b+json': () => 1 }), 'a/b+json left out: it is no JSON'],
    ['with what is no text', () => ({ 'text/html': 7 }), 'text/html left out: it is neither text nor bytes'],
  ])('[V10] [V6] a display %s is noted, and the rest is shown', (_, give, note) => {
    const { data, truncated } = previewValue({ a: 1, [display]: give });
    expect(data['text/plain']).toContain('{"a":1}\n(');
    expect(data['text/plain']).toContain(note);
    expect([truncated, data['application/vnd.loom.tree+json']]).toEqual([true, { a: 1 }]);
  });

  it('[V10] what is asked for page by page is the value itself', () => {
    const rows = Object.assign([{ a: 1 }, { a: 2 }], { [display]: () => ({ 'text/html': 'x' }) });
    expect(Object.keys(previewValue(rows).data)[0]).toBe('text/html');
    expect(Object.keys(previewValue(rows, { offset: 1 }).data)).not.toContain('text/html');
  });
});
