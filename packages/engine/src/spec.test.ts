import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const sources = path.dirname(fileURLToPath(import.meta.url));
const contract = path.join(sources, '../../testing/src/contract');

/** Rule ids in square brackets in titles of tests and contract rules. */
function testedRules(): Set<string> {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(sources, file));
  for (const file of readdirSync(contract)) if (file.endsWith('-rules.ts')) files.push(path.join(contract, file));
  const titles = files.flatMap((file) => readFileSync(file, 'utf8').match(/['"`]\[[^\n]*/g) ?? []);
  return new Set(titles.flatMap((title) => title.match(/\[[A-Z]\d+\]/g) ?? []).map((id) => id.slice(1, -1)));
}

it('every rule of SPEC.md has a test, and every test a rule', () => {
  const spec = readFileSync(path.join(sources, '../SPEC.md'), 'utf8');
  const rules = (spec.match(/^- \*\*[A-Z]\d+\*\*/gm) ?? []).map((line) => line.slice(4, -2));
  expect(new Set(rules).size).toBe(rules.length);
  expect([...testedRules()].sort()).toEqual([...rules].sort());
});
