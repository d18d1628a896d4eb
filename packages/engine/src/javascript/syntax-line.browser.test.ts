import { expect, it } from 'vitest';
import { importDataUrl } from './module.js';
import { syntaxErrorLine } from './syntax-line.js';

it('[J1] the line of a syntax error can be told in a browser, without running anything', async () => {
  const source = 'globalThis.ran = true;\nexport default () => {\n  return { x: 1 + };\n};\n';
  const fault = await importDataUrl(source).catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(SyntaxError);
  expect(await syntaxErrorLine(source, (fault as SyntaxError).message, importDataUrl)).toBe(3);
  expect(globalThis).not.toHaveProperty('ran');
});
