import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { themeTokens, tokenStyle } from './theme-tokens.js';

it('names the tokens of the style sheet, each once', () => {
  const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
  const names = new Set(Array.from(css.matchAll(/^ {2}--loom-([\w-]+):/gm), ([, name = '']) => name));
  expect([...themeTokens].sort()).toEqual([...names].sort());
});

it('writes tokens as custom properties', () => {
  expect(tokenStyle({ accent: 'red' })).toEqual({ '--loom-accent': 'red' });
  expect(tokenStyle(undefined)).toEqual({});
});
