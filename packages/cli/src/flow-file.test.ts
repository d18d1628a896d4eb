import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLibrary } from '@loom/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileReader, readFlowFile } from './flow-file.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loom-cli-'));
  await writeFile(path.join(folder, 'data.txt'), 'hello');
  await writeFile(path.join(folder, 'broken.json'), '{"loom": 1,');
});
afterAll(() => rm(folder, { recursive: true }));

describe('fileReader', () => {
  const read = (file: string) => fileReader(path.join(folder, 'flow.json'))(file);

  it('reads beside the flow', async () => {
    expect(new TextDecoder().decode(await read('data.txt'))).toBe('hello');
  });

  it.each([
    ['../secret.txt', 'file/outside'],
    ['/etc/hostname', 'file/outside'],
    ['missing.txt', 'file/unreadable'],
    ['npm:no-such-package-anywhere/x', 'file/no-package'],
    ['npm:vega-datasets', 'file/bad-path'],
    ['npm:vega-datasets/../x', 'file/bad-path'],
    ['npm:@scope/package', 'file/bad-path'],
  ])('refuses %s', async (file, code) => {
    await expect(read(file)).rejects.toMatchObject({ code });
  });

  it('finds files of packages that are installed above the flow', async () => {
    const here = fileReader(new URL('./flow.json', import.meta.url).pathname);
    expect((await here('npm:vega-datasets/data/penguins.json')).length).toBeGreaterThan(50_000);
  });
});

describe('readFlowFile', () => {
  const library = createLibrary({});

  it('turns broken content into issues', async () => {
    const { issues } = await readFlowFile(folder, 'broken.json', library);
    expect(issues).toMatchObject([{ code: 'document/not-json', severity: 'error' }]);
  });

  it('names a file that is not there', async () => {
    await expect(readFlowFile(folder, 'none.json', library)).rejects.toThrow('none.json cannot be read: there is no');
  });
});
