import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runtimeSources } from './runtime-sources.js';

const folder = fileURLToPath(new URL('../loom_runtime/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));

it('the record holds every module of loom_runtime, letter for letter', () => {
  const expected = files.map((name) => [`loom_runtime/${name}`, readFileSync(folder + name, 'utf8')]);
  expect(runtimeSources).toEqual(Object.fromEntries(expected));
});

it('the record cannot be changed by one of its users', () => {
  expect(Object.isFrozen(runtimeSources)).toBe(true);
});
