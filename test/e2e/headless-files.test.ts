import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loomIn } from './loom-command.js';

const SOURCE = `
from pathlib import Path
from typing import NamedTuple
from loom import File

class Drawing:
    def _repr_svg_(self):
        return "<svg xmlns='http://www.w3.org/2000/svg'/>"

class Report(NamedTuple):
    copy: Path
    parts: list
    names: list
    text: str
    raw: bytes
    picture: object
    odd: object

def report(table: File, more: list[File] = []) -> Report:
    Path("copy.csv").write_text(table.read_text().upper())
    parts = [File(b"1", name="a.one"), File(b"2", name="../b.two")]
    names = [file.name + ":" + file.read_text() for file in more]
    return Report(Path("copy.csv"), parts, names, "words", b"ab", Drawing(), {1, 2j})
`;

const flow = {
  loom: 1,
  nodes: { make: { type: 'report', position: { x: 0, y: 0 } } },
  types: { report: { kind: 'python', source: SOURCE } },
  inputs: { rows: { node: 'make', port: 'table' } },
  outputs: { 'shouted/rows': { node: 'make', port: 'copy' } },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loom-files-'));
  await writeFile(path.join(folder, 'flow.json'), JSON.stringify(flow));
  await writeFile(path.join(folder, 'rows.csv'), 'a,ä');
  await writeFile(path.join(folder, 'more.txt'), 'more');
});
afterAll(() => rm(folder, { recursive: true }));

const loom = loomIn(() => folder);

it('a flow is given files by their paths, and writes its results into a folder', async () => {
  const given = ['--input', 'rows=@rows.csv', '--input', 'make.more=@more.txt', '--input', 'make.more=@rows.csv'];
  const { code, out } = await loom('run', 'flow.json', ...given, '--out', 'made/here', '--json');
  const { status, written } = JSON.parse(out);
  const made = (name: string) => path.join('made/here', name);
  expect(written).toEqual([
    { node: 'make', port: 'copy', files: [made('shouted_rows.csv')] },
    { node: 'make', port: 'parts', files: [made('make.parts-1.one'), made('make.parts-2.two')] },
    { node: 'make', port: 'names', files: [made('make.names.json')] },
    { node: 'make', port: 'text', files: [made('make.text.txt')] },
    { node: 'make', port: 'raw', files: [made('make.raw.bin')] },
    { node: 'make', port: 'picture', files: [made('make.picture.svg')] },
    { node: 'make', port: 'odd', files: [], problem: expect.stringContaining('cannot be written as JSON') },
  ]);
  expect((await readdir(path.join(folder, 'made/here'))).sort()).toEqual(
    written.flatMap(({ files }: { files: string[] }) => files.map((file) => path.basename(file))).sort(),
  );
  const read = (name: string) => readFile(path.join(folder, made(name)), 'utf8');
  expect(await read('shouted_rows.csv')).toBe('A,Ä');
  expect(await read('make.parts-2.two')).toBe('2');
  expect(JSON.parse(await read('make.names.json'))).toEqual(['more.txt:more', 'rows.csv:a,ä']);
  expect(await read('make.picture.svg')).toContain('<svg');
  // What cannot be written is a failure of the command, not of the run.
  expect({ code, status }).toEqual({ code: 1, status: 'succeeded' });
});

it('people are told what was written, and what was not', async () => {
  const { out } = await loom('run', 'flow.json', '--input', 'rows=@rows.csv', '--out', 'made');
  expect(out).toContain(`Written\n  ${path.join('made', 'shouted_rows.csv')}\n`);
  expect(out).toContain('Not written\n  make.odd: ');
});

it('a file that is not there is named before anything runs', async () => {
  const { code, out, err } = await loom('run', 'flow.json', '--input', 'rows=@none.csv');
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: 'loom: --input rows: none.csv cannot be read: there is no such file.\n',
  });
});

it('a folder that cannot be made is named before anything runs', async () => {
  const { code, out, err } = await loom('run', 'flow.json', '--input', 'rows=@rows.csv', '--out', 'rows.csv/made');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('loom: The folder rows.csv/made cannot be made');
});
