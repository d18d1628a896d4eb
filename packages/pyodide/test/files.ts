import {
  createEngine,
  createJavaScriptExecutor,
  type Executor,
  keepFile,
  type Task,
  type ValueRef,
} from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type JavaScriptFlowType, type Json } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { describe, expect, it, onTestFinished } from 'vitest';
import { python } from './python-programs.js';
import { callOf, performTasks, resultOf } from './tasks.js';

const READING = `
import pathlib
from loom import File

def facts(file: File) -> list:
    return [file.name, file.type, file.size, file.read_text()]

def lines(path: pathlib.Path) -> int:
    return len(path.read_text().splitlines())

def length(data: bytes) -> int:
    return len(data)

def passed(file: File) -> File:
    return file

def written(text: str) -> pathlib.Path:
    target = pathlib.Path("/tmp/out.csv")
    target.write_text(text)
    return target

def made(text: str) -> File:
    return File(text.encode(), name="made.txt")
`;

const python_ = (entry: string) => ({ kind: 'python' as const, source: READING, entry });
/** What a JavaScript node sees of a file. */
const seen: JavaScriptFlowType = {
  kind: 'javascript',
  inputs: { file: { type: 'file' } },
  outputs: { result: { type: 'json' } },
  source: 'export default async ({ file }) => ({ result: [file.name, file.type, file.size, await file.text()] });',
};

/** Files go into Python and come out of it. */
export function files(name: string, create: (options: { lanes: number; memoryLimit?: number }) => Executor): void {
  describe(`files: ${name}`, () => {
    /** Runs one node of each type, wired one behind the other; the first has an input. */
    async function through(types: readonly string[], input: Readonly<Record<string, Json>>) {
      const document: FlowDocument = {
        ...emptyDocument,
        types: {
          ...Object.fromEntries(
            ['facts', 'lines', 'length', 'passed', 'written', 'made'].map((entry) => [entry, python_(entry)]),
          ),
          seen,
        },
        nodes: Object.fromEntries(
          types.map((type, place) => [
            `n${place}`,
            { type, position: { x: 0, y: 0 }, ...(place === 0 ? { inputs: input } : {}) },
          ]),
        ),
        edges: Object.fromEntries(
          types.slice(1).map((type, place) => [
            `e${place}`,
            {
              source: `n${place}`,
              sourcePort: 'result',
              target: `n${place + 1}`,
              targetPort: type === 'lines' ? 'path' : 'file',
            },
          ]),
        ),
      };
      const library = createLibrary({ readers: { python: readPythonType } });
      const engine = createEngine({ library, executors: [create({ lanes: 1 }), createJavaScriptExecutor()] });
      onTestFinished(() => engine.dispose());
      const { outputs, status } = await engine.run(document).result;
      const last = outputs[`n${types.length - 1}`]?.result;
      if (!last) throw new Error(`${status}: ${JSON.stringify(engine.plan(document).nodes)}`);
      return { value: await engine.read(last.ref), summary: last };
    }

    it('a file that was chosen is read in Python, by its name and as a path', async () => {
      const file = new File(['a,b\n1,2\n'], 'rows.csv', { type: 'text/csv' });
      const literal = await keepFile(file);
      expect(JSON.stringify(literal)).not.toContain('1,2');
      expect((await through(['facts'], { file: literal })).value).toEqual(['rows.csv', 'text/csv', 8, 'a,b\n1,2\n']);
      expect((await through(['lines'], { path: literal })).value).toBe(2);
    });

    it('an input of bytes gets what is in the file', async () => {
      const file = new File([new Uint8Array([0, 255, 10])], 'x.bin');
      expect((await through(['length'], { data: await keepFile(file, { as: 'bytes' }) })).value).toBe(3);
      const inline = await keepFile(file, { as: 'bytes', inlineBytes: 100 });
      expect((await through(['length'], { data: inline })).value).toBe(3);
    });

    it('a file goes through Python to JavaScript as it is', async () => {
      const literal = await keepFile(new File(['hello'], 'greeting.txt', { type: 'text/plain' }));
      const { value } = await through(['passed', 'seen'], { file: literal });
      expect(value).toEqual(['greeting.txt', 'text/plain', 5, 'hello']);
    });

    it('what a node writes or makes is a file for others, with a picture of what is in it', async () => {
      const { value, summary } = await through(['written'], { text: 'x,y\n' });
      expect(value).toBeInstanceOf(File);
      expect([(value as File).name, await (value as File).text()]).toEqual(['out.csv', 'x,y\n']);
      expect(summary.preview.data).toEqual({
        'application/vnd.loom.file+json': { name: 'out.csv', type: 'text/csv', size: 4 },
        'text/plain': 'x,y\n',
      });
      expect((await through(['made', 'seen'], { text: 'né' })).value).toEqual(['made.txt', 'text/plain', 3, 'né']);
      expect((await through(['written', 'lines'], { text: '1\n2\n3\n' })).value).toBe(3);
    });

    it('files go to the worker where they are needed', async () => {
      const executor = create({ lanes: 2 });
      onTestFinished(() => executor.dispose());
      const wait = python('wait', 'import asyncio\n\nasync def wait(seen=None):\n    await asyncio.Event().wait()\n');
      const keep = python('keep', 'def keep(file):\n    return [file, b"x" * 5000]\n');
      const make = python(
        'make',
        'import pathlib\n\ndef make(seen):\n    p = pathlib.Path("/tmp/there.txt")\n    p.write_text("there")\n    return [seen, p]\n',
      );
      const read = python(
        'read',
        'def read(all):\n    (file, _), p = all\n    return [file.name, file.read(), p.name, p.read_text()]\n',
      );
      await executor.define([wait, keep, make, read]);
      const holding = async (task: Task) => {
        const abort = new AbortController();
        let ended: Promise<unknown> = Promise.resolve();
        await new Promise<void>((resolve) => {
          ended = executor.execute(
            { id: task.id, tasks: [task] },
            { signal: abort.signal, onEvents: (events) => events.some(({ kind }) => kind === 'started') && resolve() },
          );
        });
        return async () => {
          abort.abort();
          await ended;
        };
      };
      const refOf = async (task: Task): Promise<ValueRef> => {
        const [end] = (await performTasks(executor, [task])).ends;
        if (end?.kind !== 'success' || !end.outputs.result) throw new Error(JSON.stringify(end));
        return end.outputs.result.ref;
      };
      const on = (task: Task, port: string, ref: ValueRef): Task => ({
        ...task,
        inputs: { [port]: { kind: 'ref', ref } },
      });
      const stop = await holding(callOf(wait));
      const kept = await refOf(callOf(keep, { file: new File(['abc'], 'a.txt') }));
      const both = await refOf(on(callOf(make), 'seen', kept));
      const stopThere = await holding(on(callOf(wait), 'seen', both));
      await stop();
      const { ends } = await performTasks(executor, [on(callOf(read), 'all', both)]);
      const value = (await resultOf(executor, ends[0])) as unknown[];
      expect(value).toEqual(['a.txt', new TextEncoder().encode('abc'), 'there.txt', 'there']);
      await stopThere();
    });
  });
}
