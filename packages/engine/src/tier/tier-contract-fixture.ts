import { LoomError } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ResultTier, StoredResult } from './result-tier.js';
import { sizeOf } from './stored-result.js';

/** A result with one output: a text in its head, and bytes in its buffer. */
export function result(text: string, bytes: readonly number[] = []): StoredResult {
  return {
    outputs: {
      out: {
        value: { head: JSON.stringify(text), buffers: [new Uint8Array(bytes).buffer] },
        typeName: 'string',
        preview: { data: { 'text/plain': text }, truncated: false },
      },
    },
  };
}

/** The code of what a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return fault instanceof LoomError ? fault.code : `no LoomError: ${String(fault)}`;
}

/** What every tier keeps to. */
export function tierContract(name: string, create: (maxBytes: number) => ResultTier): void {
  const make = (maxBytes = 1_000_000): ResultTier => {
    const tier = create(maxBytes);
    onTestFinished(() => tier.close());
    return tier;
  };

  describe(`${name}: a result tier`, () => {
    it('gives back what it was given, whole', async () => {
      const tier = make();
      const given: StoredResult = {
        outputs: {
          rows: {
            value: { head: '[{"$":"bytes","i":0},{"$":"bytes","i":1}]', buffers: [new ArrayBuffer(0), bytes(1, 2, 3)] },
            typeName: 'list',
            shape: '2 items',
            preview: { data: { 'application/vnd.loom.tree+json': [null, { a: [1.5, 'é🧵', true] }] }, truncated: true },
            bytes: 3,
          },
          ...result('second').outputs,
        },
      };
      await tier.set('k', given);
      const found = await tier.get('k');
      expect(found).toEqual(given);
      expect(found && buffersOf(found)).toEqual([[], [1, 2, 3], []]);
      expect(await tier.get('other')).toBeUndefined();
    });

    it('takes any names for keys and ports', async () => {
      const tier = make();
      const names = ['', '__proto__', 'constructor', 'a/b c', '🧵', '\u0000'];
      const { out } = result('x').outputs;
      if (!out) throw new Error('no output');
      for (const key of names) await tier.set(key, { outputs: Object.fromEntries([[key, out]]) });
      for (const key of names) expect(Object.keys((await tier.get(key))?.outputs ?? {})).toEqual([key]);
      await tier.set('empty', { outputs: {} });
      expect(await tier.get('empty')).toEqual({ outputs: {} });
    });

    it('keeps its own copy: what callers do with theirs changes nothing', async () => {
      const tier = make();
      const given = result('x', [1, 2]);
      await tier.set('k', given);
      transferAway(given);
      for (let time = 0; time < 2; time++) {
        const found = await tier.get('k');
        expect(found && buffersOf(found)).toEqual([[1, 2]]);
        if (found) transferAway(found);
      }
    });

    it('refuses a result whose buffer is gone, and keeps the one before', async () => {
      const tier = make();
      await tier.set('k', result('x', [1]));
      const gone = result('y', [2]);
      transferAway(gone);
      expect(await codeOf(tier.set('k', gone))).toBe('tier/not-storable');
      expect(await tier.get('k')).toEqual(result('x', [1]));
    });

    it('replaces, deletes and clears', async () => {
      const tier = make();
      await tier.set('a', result('1'));
      await tier.set('a', result('2'));
      await tier.set('b', result('3'));
      expect(await tier.get('a')).toEqual(result('2'));
      await tier.delete('a');
      await tier.delete('a');
      expect([await tier.get('a'), await tier.get('b')]).toEqual([undefined, result('3')]);
      await tier.clear();
      expect(await tier.get('b')).toBeUndefined();
      await tier.set('b', result('4'));
      expect(await tier.get('b')).toEqual(result('4'));
    });

    it('lets go first what was not used for the longest time', async () => {
      const tier = make(3 * sizeOf('a', result('x', filled(100))));
      for (const key of ['a', 'b', 'c']) await tier.set(key, result('x', filled(100)));
      await tier.get('a');
      await tier.set('d', result('x', filled(100)));
      expect(await keysIn(tier, ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
      await tier.set('e', result('x', filled(100)));
      expect(await keysIn(tier, ['a', 'c', 'd', 'e'])).toEqual(['c', 'd', 'e']);
    });

    it('frees the room of what was replaced or deleted', async () => {
      const tier = make(3 * sizeOf('a', result('x', filled(100))));
      for (let time = 0; time < 10; time++) await tier.set('a', result('x', filled(100)));
      await tier.set('b', result('x', filled(100)));
      await tier.set('c', result('x', filled(100)));
      await tier.delete('b');
      await tier.set('d', result('x', filled(100)));
      expect(await keysIn(tier, ['a', 'b', 'c', 'd'])).toEqual(['a', 'c', 'd']);
    });

    it('does not keep what alone is too large, nor what it replaces', async () => {
      const tier = make(sizeOf('a', result('x', filled(100))));
      await tier.set('a', result('x', filled(100)));
      await tier.set('a', result('x', filled(101)));
      expect(await tier.get('a')).toBeUndefined();
      await tier.set('a', result('x', filled(100)));
      expect(await keysIn(tier, ['a'])).toEqual(['a']);
    });

    it('gives up reading when asked to', async () => {
      const tier = make();
      await tier.set('a', result('1'));
      const reason = new Error('enough');
      await expect(tier.get('a', AbortSignal.abort(reason))).rejects.toMatchObject({
        code: 'tier/aborted',
        cause: reason,
      });
      expect(await tier.get('a', new AbortController().signal)).toEqual(result('1'));
    });

    it('refuses everything once it is closed; closing twice is fine', async () => {
      const tier = make();
      await tier.set('a', result('1'));
      await Promise.all([tier.close(), tier.close()]);
      const calls = [tier.get('a'), tier.set('a', result('2')), tier.delete('a'), tier.clear()];
      expect(await Promise.all(calls.map(codeOf))).toEqual(Array(4).fill('tier/closed'));
      await tier.close();
    });

    it('keeps what a list in the order of use would keep', async () => {
      const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
      const step = fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: fc.constant('set'), key, size: fc.nat(300) }) },
        { weight: 3, arbitrary: fc.record({ kind: fc.constant('get'), key, size: fc.constant(0) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), key, size: fc.constant(0) }) },
      );
      const maxBytes = 2 * sizeOf('a', result('', filled(200)));
      const tier = make(maxBytes);
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
          await tier.clear();
          const model = new Map<string, StoredResult>();
          for (const { kind, key: at, size } of steps) {
            const before = model.get(at);
            if (kind === 'get') {
              expect(await tier.get(at)).toEqual(before);
              if (!before) continue;
              model.delete(at);
              model.set(at, before);
              continue;
            }
            model.delete(at);
            if (kind === 'delete') {
              await tier.delete(at);
              continue;
            }
            const made = result('', filled(size));
            await tier.set(at, made);
            if (sizeOf(at, made) > maxBytes) continue;
            model.set(at, made);
            for (const oldest of model.keys()) {
              if ([...model].reduce((sum, [name, one]) => sum + sizeOf(name, one), 0) <= maxBytes) break;
              model.delete(oldest);
            }
          }
          expect(await keysIn(tier, ['a', 'b', 'c', 'd', 'e'])).toEqual([...model.keys()].sort());
        }),
        { numRuns: 50 },
      );
    });

    it('serves many calls at once', async () => {
      const tier = make(5 * sizeOf('10', result('x', filled(1_000))));
      const keys = Array.from({ length: 40 }, (_, index) => String(10 + index));
      await Promise.all(keys.map((key) => tier.set(key, result('x', filled(1_000)))));
      await Promise.all(keys.flatMap((key) => [tier.get(key), tier.get(key)]));
      expect(await keysIn(tier, keys)).toHaveLength(5);
    });
  });
}

async function keysIn(tier: ResultTier, keys: readonly string[]): Promise<string[]> {
  const found = await Promise.all(keys.map(async (key) => ((await tier.get(key)) ? [key] : [])));
  return found.flat();
}

function buffersOf({ outputs }: StoredResult): number[][] {
  return Object.values(outputs).flatMap(({ value }) =>
    value.buffers.map((buffer) => [...new Uint8Array(buffer as ArrayBuffer)]),
  );
}

function transferAway(given: StoredResult): void {
  const buffers = Object.values(given.outputs).flatMap(({ value }) => value.buffers);
  structuredClone(buffers, { transfer: buffers });
}

function bytes(...values: readonly number[]): ArrayBuffer {
  return new Uint8Array(values).buffer;
}

function filled(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index % 256);
}
