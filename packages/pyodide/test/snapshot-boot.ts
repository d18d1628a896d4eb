import { LoomError } from '@loom/graph';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batchMessage } from '../src/batch/batch-message.js';
import { MemoryStore, type SnapshotStore, Snapshots } from '../src/boot/snapshots.js';
import { makeSnapshot, startWorker, type WorkerSource } from '../src/boot/start-worker.js';

const STALL_MS = 60_000;
const { signal } = new AbortController();

/** Python from a picture of its memory. */
export function snapshotBoot(name: string, sourceWith: (snapshots: Snapshots) => WorkerSource): void {
  describe(`snapshots: ${name}`, () => {
    const store = new MemoryStore();
    let generation = 0;

    /** Starts a worker, and gives what some Python says in it. */
    async function started(source: WorkerSource) {
      const stages: string[] = [];
      const session = await startWorker(source, {
        generation: ++generation,
        stallMs: STALL_MS,
        signal,
        onStage: (stage) => stages.push(stage),
      });
      onTestFinished(() => session.connection.close(new LoomError('executor/disposed', 'The test is over.')));
      return {
        session,
        stages,
        async says(expression: string): Promise<unknown> {
          const { connection } = session;
          const definition = {
            typeId: 'say',
            revision: expression,
            source: `import random\n\ndef say():\n    return ${expression}\n`,
            entry: 'say',
            returns: 'single',
            outputs: ['result'],
          };
          await connection.call('define', JSON.stringify([definition]));
          return new Promise((resolve, reject) => {
            const sequence = session.follow({
              onSignal(said) {
                if (said.kind !== 'events') return;
                const end = JSON.parse(said.events).find((event: { kind: string }) => event.kind === 'success');
                if (end)
                  connection.call('read', end.outputs.result.handle).then(({ head }) => resolve(JSON.parse(head)));
              },
              onLost: reject,
            });
            connection.onSignal((said) => 'sequence' in said && session.receive(said));
            const task = { id: 't', nodeId: 'n', typeId: 'say', revision: expression, inputs: {} };
            const { text } = batchMessage({ id: 'b', tasks: [task] }, { handle: ({ handle }) => handle, task: String });
            connection.call('execute', sequence, text, []).catch(reject);
          });
        },
      };
    }

    it('a start without one says that one should be made, and the next starts use it', async () => {
      const source = sourceWith(new Snapshots(store, 'a'));
      await started(source);
      await makeSnapshot(source, STALL_MS, signal);
      expect((await store.get('a'))?.size).toBeGreaterThan(30_000_000);
      const one = await started(source);
      const two = await started(source);
      expect(await one.says('6 * 7')).toBe(42);
      // What is random is not in the picture.
      expect(await one.says('random.random()')).not.toBe(await two.says('random.random()'));
    });

    it.each<[string, () => Promise<Blob>]>([
      ['that is cut off', async () => ((await store.get('a')) as Blob).slice(0, 1_000_000)],
      ['of nothing', async () => new Blob([new ArrayBuffer(31_457_408)])],
      ['of another build', async () => spoiled((await store.get('a')) as Blob)],
    ])('a snapshot %s is thrown away, and Python starts all the same', async (_name, given) => {
      const other: SnapshotStore = new MemoryStore();
      await other.put('b', await given());
      const { says } = await started(sourceWith(new Snapshots(other, 'b')));
      expect(await says('6 * 7')).toBe(42);
      expect(await other.get('b')).toBeUndefined();
    });
  });
}

/** Spoils the words in front, where the build is named. */
function spoiled(snapshot: Blob): Blob {
  return new Blob([new Uint8Array(64).fill(7), snapshot.slice(64)]);
}
