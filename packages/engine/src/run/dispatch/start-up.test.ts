import { LoomError } from '@loom/graph';
import { createFakeExecutor, type FakeExecutor, flow, simulatedClock } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import type { EngineEvent } from '../../event.js';
import { library, turn } from '../run-fixture.js';

/** A fake that prepares and takes types in when the test lets it. */
interface HeldExecutor {
  readonly fake: FakeExecutor;
  readonly asked: readonly string[];
  letGo(what: 'prepare' | 'define'): void;
  refuse(what: 'prepare' | 'define'): void;
}

function heldExecutor(start: 'ready' | 'held' = 'ready'): HeldExecutor {
  const fake = createFakeExecutor({ id: 'py', performs: ['python'], start });
  const asked: string[] = [];
  const waiting = new Map<string, { resolve(): void; reject(error: Error): void }>();
  const hold = (what: string): Promise<void> => {
    asked.push(what);
    return new Promise((resolve, reject) => waiting.set(what, { resolve, reject }));
  };
  fake.prepare = () => hold('prepare');
  const define = fake.define.bind(fake);
  fake.define = async (definitions) => {
    await hold('define');
    await define(definitions);
  };
  const letGo = (what: string): void => waiting.get(what)?.resolve();
  const refuse = (what: string): void => waiting.get(what)?.reject(new LoomError('test/refused', `No ${what}.`));
  return { fake, asked, letGo, refuse };
}

function staged(...executors: readonly FakeExecutor[]): { engine: Engine; told(): string[] } {
  const engine = createEngine({ library, executors, clock: simulatedClock(), createId: (prefix) => prefix });
  onTestFinished(() => engine.dispose());
  const events: EngineEvent[] = [];
  engine.subscribe((group) => events.push(...group));
  const told = (): string[] =>
    events.flatMap((event) =>
      event.kind === 'startup' ? [`${event.executor} ${event.stage} ${event.state} ${event.count ?? '-'}`] : [],
    );
  return { engine, told };
}

const two = flow()
  .node('a', 'test/py', { in: [1] })
  .node('b', 'test/py')
  .wire('a.out', 'b.in').document;

it('[S4] types, environment and first values begin together, when the executor has started', async () => {
  const { fake, asked, letGo } = heldExecutor('held');
  const { engine, told } = staged(fake);
  const run = engine.run(two);
  await turn();
  expect(asked).toEqual([]);
  fake.releaseStart();
  await turn();
  // Neither has ended, and both have begun.
  expect(asked).toEqual(['prepare', 'define']);
  expect(told()).toEqual(['py environment started -', 'py types started 1', 'py values started 1', 'py values done 1']);
  letGo('define');
  await turn();
  expect(fake.batches).toEqual([]);
  letGo('prepare');
  await turn();
  expect(told().slice(4)).toEqual(['py types done 1', 'py environment done -']);
  fake.succeedAll();
  expect((await run.result).status).toBe('succeeded');
  expect(asked).toEqual(['prepare', 'define']);
});

it('[S4] what is there already is not told again', async () => {
  const { fake, letGo } = heldExecutor();
  const { engine, told } = staged(fake);
  const first = engine.run(two);
  await turn();
  letGo('define');
  letGo('prepare');
  await turn();
  fake.succeedAll();
  await first.result;
  const before = told();
  const second = engine.run(two);
  await turn();
  fake.succeedAll();
  expect((await second.result).status).toBe('succeeded');
  expect(told()).toEqual(before);
});

it('[S4] values of an earlier run are brought from other executors before anything is sent', async () => {
  const js = createFakeExecutor({ id: 'js', performs: ['function'] });
  const { fake, letGo } = heldExecutor();
  const { engine, told } = staged(js, fake);
  const source = flow().node('a', 'test/js');
  const first = engine.run(source.document);
  await turn();
  js.succeed('a', { out: 'rows' });
  await first.result;
  const { document } = source.node('b', 'test/py').wire('a.out', 'b.in');
  const run = engine.run(document, { targets: { kind: 'nodes', nodes: ['b'] } });
  await turn();
  expect([...fake.values.values()]).toEqual(['rows']);
  expect(fake.batches).toEqual([]);
  expect(told()).toContain('py values done 1');
  letGo('define');
  letGo('prepare');
  await turn();
  fake.succeedAll();
  expect((await run.result).status).toBe('succeeded');
  expect(js.readCount).toBe(1);
});

it('[S4] types that are refused fail their nodes, and nothing hangs', async () => {
  const { fake, refuse, letGo } = heldExecutor();
  const { engine, told } = staged(fake);
  const run = engine.run(two);
  await turn();
  refuse('define');
  letGo('prepare');
  await turn();
  expect(told()).toContain('py types failed 1');
  // The batch tells them once more.
  refuse('define');
  const { status, errors } = await run.result;
  expect(status).toBe('failed');
  expect(errors).toMatchObject([{ node: 'a', error: { code: 'test/refused' } }]);
});

it('[S4] two runs tell the types once', async () => {
  const { fake, asked, letGo } = heldExecutor();
  const { engine } = staged(fake);
  const runs = [engine.run(two), engine.run(two)];
  await turn();
  expect(asked.filter((what) => what === 'define')).toHaveLength(1);
  letGo('define');
  fake.prepare = async () => {};
  for (const run of runs) run.cancel();
  letGo('prepare');
  await Promise.all(runs.map(({ result }) => result));
});

it('[S4] a run that is cancelled while an executor is made ready ends at once', async () => {
  const { fake, letGo } = heldExecutor();
  const { engine } = staged(fake);
  const run = engine.run(two);
  await turn();
  run.cancel();
  expect((await run.result).counts.cancelled).toBe(2);
  letGo('define');
  letGo('prepare');
  await turn();
  expect(fake.batches).toEqual([]);
});
