import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = new URL('../', import.meta.url);
const files = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.css') && file !== 'styles/styles.css')
  .sort();
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe('styles.css', () => {
  it('imports every style sheet of the package', () => {
    const imported = [...read('styles/styles.css').matchAll(/@import ['"](\.[^'"]+)['"]/g)].map(([, path = '']) =>
      path.startsWith('./') ? `styles/${path.slice(2)}` : path.slice(3),
    );
    expect(imported.sort()).toEqual(files);
  });
});

describe.each(files)('%s', (file) => {
  const css = read(file).replace(/\/\*[\s\S]*?\*\//g, '');

  it('styles nothing outside of an editor', () => {
    // What stands at the left edge: selectors and at-rules that nothing else encloses.
    const outer = [...css.matchAll(/^([^\s@}][^{;]*?)\s*[,{]/gm)].map(([, selector = '']) => selector);
    expect(outer.filter((selector) => !/^(:where\()?\.loom\b/.test(selector))).toEqual([]);
    expect(outer.length).toBeGreaterThan(0);
  });

  it('names only classes and variables of its own, or of what it draws with', () => {
    const selectors = [...css.matchAll(/([^{};]+)\{/g)].flatMap(([, list = '']) => list.split(','));
    const strangers = selectors.filter(
      (one) => /\.[a-z]/.test(one) && !/\.(loom|react-flow|cm|u|uplot)(?![a-z])/.test(one),
    );
    expect(strangers).toEqual([]);
    const variables = [...css.matchAll(/(--[\w-]+)\s*:/g)].map(([, name = '']) => name);
    expect(variables.filter((name) => !/^--(loom|xy)-/.test(name))).toEqual([]);
  });
});
