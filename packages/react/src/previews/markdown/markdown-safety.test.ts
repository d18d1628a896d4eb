import { describe, expect, it } from 'vitest';
import { decodeEntities, isSafeImage, safeLink } from './markdown-safety.js';

describe('safeLink', () => {
  it('follows the web and mail', () => {
    expect(safeLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
    expect(safeLink('mailto:a@example.org')).toBe('mailto:a@example.org');
  });

  it.each([
    'javascript:alert(1)',
    ' JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    '/relative',
    'vbscript:x',
  ])('does not follow %j', (href) => {
    expect(safeLink(href)).toBeUndefined();
  });
});

describe('isSafeImage', () => {
  it('takes pictures inside the text and nothing from elsewhere', () => {
    expect(isSafeImage('data:image/png;base64,AAAA')).toBe(true);
    expect(isSafeImage('https://example.org/track.png')).toBe(false);
    expect(isSafeImage('data:text/html,<b>')).toBe(false);
  });
});

describe('decodeEntities', () => {
  it('resolves what it knows and leaves the rest', () => {
    expect(decodeEntities('a &amp; b &lt;c&gt; &#65; &#x1F427; &unknown; &#0; &#9999999;')).toBe(
      'a & b <c> A 🐧 &unknown; &#0; &#9999999;',
    );
  });
});
