import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, OutputSummary, RunResult } from '@loom/engine';
import { type FlowDocument, LoomError, type NodeId, type PortId } from '@loom/graph';
import { jsonOf } from './json-value.js';
import { isShown } from './shown-outputs.js';

/** What became of one output: the files that were written of it, relative to where the command was called, or why not. */
export interface WrittenOutput {
  readonly node: NodeId;
  readonly port: PortId;
  readonly files: readonly string[];
  readonly problem?: string;
}

/** One file of an output: what is in it, and how its name ends. */
interface Content {
  readonly ending: string;
  readonly data: string | Uint8Array | Blob;
}

/** Makes the folder of `--out` before anything runs. @throws LoomError `cli/output` */
export async function makeOutputFolder(folder: string, out: string): Promise<void> {
  try {
    await mkdir(path.resolve(folder, out), { recursive: true });
  } catch (cause) {
    throw new LoomError('cli/output', `The folder ${out} cannot be made: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Writes what comes out at the ends of the flow and at its promoted outputs. A file has the name of its output, and never one
 * that the flow chooses: so a run writes the same files each time, and no others.
 */
export async function writeOutputs(
  engine: Engine,
  document: FlowDocument,
  { outputs }: RunResult,
  folder: string,
  out: string,
): Promise<readonly WrittenOutput[]> {
  const written: WrittenOutput[] = [];
  const taken = new Set<string>();
  for (const [node, ports] of Object.entries(outputs)) {
    for (const [port, summary] of Object.entries(ports)) {
      if (!isShown(document, node, port)) continue;
      const files: string[] = [];
      try {
        const contents = await contentsOf(engine, summary);
        const name = freeName(nameOf(document, node, port), taken);
        for (const [index, { ending, data }] of contents.entries()) {
          const file = path.join(out, `${name}${contents.length > 1 ? `-${index + 1}` : ''}${ending}`);
          await writeFile(path.resolve(folder, file), data instanceof Blob ? data.stream() : data);
          files.push(file);
        }
        written.push({ node, port, files });
      } catch (thrown) {
        written.push({ node, port, files, problem: thrown instanceof Error ? thrown.message : String(thrown) });
      }
    }
  }
  return written;
}

async function contentsOf(engine: Engine, { ref, preview, typeName }: OutputSummary): Promise<readonly Content[]> {
  const [best = ''] = Object.keys(preview.data);
  const shown = preview.data[best];
  // Drawings often cannot leave where they were made, and their picture is what one wants.
  if (typeof shown === 'string' && !preview.truncated) {
    if (best === 'image/svg+xml') return [{ ending: '.svg', data: shown }];
    if (best === 'text/html') return [{ ending: '.html', data: shown }];
    if (best === 'text/markdown') return [{ ending: '.md', data: shown }];
    const format = /^image\/(png|jpeg|gif|webp)$/.exec(best)?.[1];
    if (format) return [{ ending: `.${format}`, data: Buffer.from(shown, 'base64') }];
  }
  const value = await engine.read(ref);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Blob))
    return value.map(fileContent);
  if (value instanceof Blob) return [fileContent(value)];
  if (value instanceof Uint8Array) return [{ ending: '.bin', data: value }];
  if (value instanceof ArrayBuffer) return [{ ending: '.bin', data: new Uint8Array(value) }];
  if (typeof value === 'string') return [{ ending: '.txt', data: value }];
  const json = jsonOf(value);
  if (json === undefined)
    throw new LoomError('cli/output', `A value of the type ${typeName} cannot be written as JSON.`);
  return [{ ending: '.json', data: `${JSON.stringify(json, null, 2)}\n` }];
}

function fileContent(file: Blob): Content {
  const ending = path.extname((file as Partial<File>).name ?? '');
  return { ending: /^\.[a-z0-9]{1,12}$/i.test(ending) ? ending : '', data: file };
}

/** The name that the flow gives to an output, else its node and port. */
function nameOf(document: FlowDocument, node: NodeId, port: PortId): string {
  const promoted = Object.entries(document.outputs).find(([, output]) => output.node === node && output.port === port);
  const name = promoted?.[0] ?? `${node}.${port}`;
  return name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^[. ]+/, '') || 'output';
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  // Some file systems take capital and small letters as the same.
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name} ${count}`;
  taken.add(free.toLowerCase());
  return free;
}

/** The lines that a terminal shows of it. */
export function formatWritten(written: readonly WrittenOutput[]): string[] {
  const files = written.flatMap((output) => output.files);
  const problems = written.flatMap(({ node, port, problem }) =>
    problem === undefined ? [] : [`${node}.${port}: ${problem}`],
  );
  return [
    ...(files.length > 0 ? [`Written\n${files.map((file) => `  ${file}`).join('\n')}`] : []),
    ...(problems.length > 0 ? [`Not written\n${problems.map((problem) => `  ${problem}`).join('\n')}`] : []),
  ];
}
