import { type Executor, NodeFault, type OutputSummary, type Task, type TaskEvent, type ValueRef } from '@loom/engine';
import { expect, it } from 'vitest';
import { endOf, from, held, literal, outputOf, perform, readValue, task } from './batches.js';
import { take, valuesOf } from './item-rules.js';
import type { ContractPrograms } from './programs.js';

/** Outputs that give items over time. */
export function streamRules(executor: () => Executor, programs: ContractPrograms): void {
  const made = async (definition: ContractPrograms['count'], inputs: Readonly<Record<string, unknown>> = {}) => {
    const sources = Object.entries(inputs).map(([port, value]) => [port, literal(value)]);
    const making = task(definition, Object.fromEntries(sources));
    const recording = await perform(executor(), [making]);
    return { making, recording, stream: outputOf(recording, making) };
  };
  /** Everything from a position on. */
  const rest = async (ref: ValueRef, position = 0): Promise<readonly unknown[]> => {
    const items: OutputSummary[] = [];
    for (let isDone = false; !isDone; ) {
      const part = await take(executor(), ref, position + items.length, 4);
      items.push(...part.items);
      isDone = part.isDone;
    }
    return valuesOf(executor(), items);
  };
  const stillWorks = async (): Promise<void> => {
    const sum = task(programs.add, { a: literal(20), b: literal(22) });
    expect(await readValue(executor(), await perform(executor(), [sum]), sum)).toBe(42);
  };

  it('[X17] a task that gives a stream succeeds before there is any item', async () => {
    const { recording, stream, making } = await made(programs.talk, { n: 3 });
    expect(recording.events.map((event) => event.kind)).toEqual(['started', 'success']);
    expect(endOf(recording, making)).toBe('success');
    expect(stream).toMatchObject({ isStream: true, preview: { data: { 'text/plain': 'stream' } } });
    await expect(executor().read(stream.ref)).rejects.toMatchObject({ code: 'value/not-portable' });
    expect((await executor().preview(stream.ref)).data).toEqual({ 'text/plain': 'stream' });
    executor().release([stream.ref]);
  });

  it.each(['count', 'countLater'] as const)('[X18] items come once and in order: %s', async (name) => {
    const { stream } = await made(programs[name], { n: 7 });
    const first = await take(executor(), stream.ref, 0, 2);
    expect(first.items.length).toBeGreaterThanOrEqual(1);
    expect(first.items.length).toBeLessThanOrEqual(2);
    const next = first.items.length;
    for (const position of [0, next + 1]) {
      await expect(take(executor(), stream.ref, position, 1)).rejects.toMatchObject({ code: 'value/stream-position' });
    }
    const all = [...(await valuesOf(executor(), first.items)), ...(await rest(stream.ref, next))];
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await take(executor(), stream.ref, 7, 1)).toEqual({ items: [], isDone: true });
  });

  it('[X18] a stream without items', async () => {
    const { stream } = await made(programs.count, { n: 0 });
    expect(await take(executor(), stream.ref, 0, 5)).toEqual({ items: [], isDone: true });
  });

  it('[X18] a take gives what is there and waits for no more than one item', async () => {
    const { stream } = await made(programs.countThenWait, { n: 2 });
    const first = await take(executor(), stream.ref, 0, 100);
    expect(first.isDone).toBe(false);
    const got = first.items.length === 2 ? first : await take(executor(), stream.ref, first.items.length, 100);
    expect(await valuesOf(executor(), got.items.slice(-1))).toEqual([1]);
    expect(got.isDone).toBe(false);
    executor().release([stream.ref]);
  });

  it.each(['a stream', 'a list'])('[X19] a task may go through the whole of %s itself', async (kind) => {
    const making = kind === 'a list' ? task(programs.echo, { value: literal([0, 1, 2, 3]) }) : counting(programs, 4);
    const { ref } = outputOf(await perform(executor(), [making]), making);
    const total = task(programs.total, { items: held(ref) });
    expect(await readValue(executor(), await perform(executor(), [total]), total)).toBe(6);
  });

  it('[X19] also in the batch that makes it, and when a task hands it on', async () => {
    const making = counting(programs, 4);
    const echo = task(programs.echo, { value: from(making) });
    const total = task(programs.total, { items: from(echo) });
    const recording = await perform(executor(), [making, echo, total]);
    expect(outputOf(recording, echo).isStream).toBe(true);
    expect(await readValue(executor(), recording, total)).toBe(6);
  });

  it('[X20] what the code behind a stream throws comes after the items before it, with its places', async () => {
    const { stream } = await made(programs.countThenFail, { n: 2 });
    let position = 0;
    let fault: unknown;
    for (let round = 0; round < 4 && fault === undefined; round++) {
      const part = await take(executor(), stream.ref, position, 5).catch((thrown: unknown) => {
        fault = thrown;
      });
      expect(part?.isDone ?? false).toBe(false);
      position += part?.items.length ?? 0;
    }
    expect(position).toBe(2);
    expect(fault).toBeInstanceOf(NodeFault);
    const { error } = fault as NodeFault;
    expect(error.message).toContain('boom');
    expect(error.frames.at(-1)).toMatchObject({ typeId: programs.countThenFail.typeId, line: 5 });
    await expect(take(executor(), stream.ref, 2, 5)).rejects.toBeInstanceOf(NodeFault);
  });

  it('[X21] what the code prints is told to who takes, as output of the task that made the stream', async () => {
    const { stream, making } = await made(programs.talk, { n: 2 });
    const events: TaskEvent[] = [];
    const signal = new AbortController().signal;
    const onEvents = (group: readonly TaskEvent[]): void => void events.push(...group);
    for (let position = 0, isDone = false; !isDone; ) {
      const part = await executor().take(stream.ref, { from: position, max: 10, signal, onEvents });
      position += part.items.length;
      isDone = part.isDone;
    }
    expect(printed(events, making)).toBe('item 0\nitem 1\n');
    expect(events.every((event) => event.task === making.id)).toBe(true);
  });

  it('[X21] and in the batch of a task that goes through it', async () => {
    const { stream, making } = await made(programs.talk, { n: 2 });
    const total = task(programs.total, { items: held(stream.ref) });
    const later = await perform(executor(), [total]);
    expect(printed(later.events, making)).toBe('item 0\nitem 1\n');
    expect(printed(later.events, total)).toBe('');
  });

  it('[X22] aborting ends a take that waits, and others never wait for it', async () => {
    const { stream } = await made(programs.countThenWait, { n: 0 });
    const abort = new AbortController();
    const waiting = executor().take(stream.ref, { from: 0, max: 1, signal: abort.signal });
    const outcome = expect(waiting).rejects.toThrow('enough');
    await stillWorks();
    abort.abort(new Error('enough'));
    await outcome;
    await stillWorks();
    executor().release([stream.ref]);
  });

  it('[X22] a take that is aborted before it begins takes nothing', async () => {
    const { stream } = await made(programs.count, { n: 2 });
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(executor().take(stream.ref, { from: 0, max: 1, signal })).rejects.toThrow('too late');
    expect(await rest(stream.ref)).toEqual([0, 1]);
  });

  it.runIf(programs.stuck)('[X22] aborting ends a take whose code computes without end', async () => {
    const { stream } = await made(programs.stuck ?? programs.count);
    const abort = new AbortController();
    const onEvents = (): void => abort.abort(new Error('enough'));
    await expect(executor().take(stream.ref, { from: 0, max: 1, signal: abort.signal, onEvents })).rejects.toThrow();
    await stillWorks();
  });

  it.each(['tidy', 'tidyLater'] as const)('[X23] a stream is closed with the last of its handles: %s', async (name) => {
    const key = `${name} ${executor().id}`;
    const making = task(programs[name], { key: literal(key) });
    const echo = task(programs.echo, { value: from(making) });
    const recording = await perform(executor(), [making, echo]);
    const [first, second] = [outputOf(recording, making).ref, outputOf(recording, echo).ref];
    expect((await take(executor(), first, 0, 1)).items).toHaveLength(1);
    const isClosed = async (): Promise<boolean> => {
      const asking = task(programs.closed);
      const keys = await readValue(executor(), await perform(executor(), [asking]), asking);
      return (keys as readonly unknown[]).includes(key);
    };
    executor().release([first]);
    expect(await isClosed()).toBe(false);
    expect((await take(executor(), second, 1, 1)).items).toHaveLength(1);
    executor().release([second]);
    // Asynchronous code takes some turns to come to its end.
    let turns = 0;
    while (!(await isClosed()) && turns < 20) turns++;
    expect(turns).toBeLessThan(20);
    await expect(take(executor(), second, 2, 1)).rejects.toMatchObject({ code: 'value/lost' });
  });

  it('[X23] a take that waits ends when its stream is let go', async () => {
    const { stream } = await made(programs.countThenWait, { n: 0 });
    const waiting = expect(take(executor(), stream.ref, 0, 1)).rejects.toMatchObject({ code: 'value/lost' });
    await stillWorks();
    executor().release([stream.ref]);
    await waiting;
  });
}

function counting(programs: ContractPrograms, n: number): Task {
  return task(programs.count, { n: literal(n) });
}

function printed(events: readonly TaskEvent[], { id }: Task): string {
  return events.map((event) => (event.kind === 'output' && event.task === id ? event.text : '')).join('');
}
