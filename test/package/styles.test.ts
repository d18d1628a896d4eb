import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { packageNamed, readDist } from './dist.js';

const react = packageNamed('@loom/react');

test('the layered style sheet is the plain one inside a layer', () => {
  expect(readDist(react, 'styles.layer.css')).toBe(`@layer loom {\n${readDist(react, 'styles.css')}}\n`);
});

test('the styles bring those of the canvas along', () => {
  expect(readDist(react, 'styles.css')).toMatch(/\.react-flow__node\b/);
});

test('the styles parse without warnings and load nothing from elsewhere', async () => {
  const css = readDist(react, 'styles.css');
  const { warnings } = await transform(css, { loader: 'css', logLevel: 'silent' });
  expect(warnings.map(({ text }) => text)).toEqual([]);
  expect(css).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
});
