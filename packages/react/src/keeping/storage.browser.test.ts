import { expect, test } from 'vitest';
import type { FlowStorage, FlowStorageLimits } from './flow-storage.js';
import { createIndexedDbStorage } from './indexed-db-storage.js';
import { createMemoryStorage } from './memory-storage.js';

let databases = 0;
const kinds: Record<string, (limits?: FlowStorageLimits) => FlowStorage> = {
  memory: createMemoryStorage,
  IndexedDB: (limits) => createIndexedDbStorage({ ...limits, name: `test-${Date.now()}-${databases++}` }),
};

for (const [kind, create] of Object.entries(kinds)) {
  test(`${kind}: what is written is read, until it is removed`, async () => {
    const storage = create();
    expect(await storage.read('a')).toBeUndefined();
    const kept = { text: '{}', savedAt: 1, unanswered: { text: 'x', savedAt: 0 } };
    await storage.write('a', kept);
    expect(await storage.read('a')).toEqual(kept);
    expect(await storage.read('b')).toBeUndefined();
    await storage.remove('a');
    await storage.remove('a');
    expect(await storage.read('a')).toBeUndefined();
  });

  test(`${kind}: of too many flows the oldest goes`, async () => {
    const storage = create({ maxFlows: 2 });
    await storage.write('old', { text: 'old', savedAt: 1 });
    await storage.write('older', { text: 'older', savedAt: 0 });
    await storage.write('new', { text: 'new', savedAt: 2 });
    const texts = await Promise.all(['old', 'older', 'new'].map(async (key) => (await storage.read(key))?.text));
    expect(texts).toEqual(['old', undefined, 'new']);
  });

  test(`${kind}: a flow that is too large is refused`, async () => {
    const storage = create({ maxCharacters: 10 });
    await expect(storage.write('a', { text: 'x'.repeat(11), savedAt: 1 })).rejects.toThrow(/at most 10/);
    expect(await storage.read('a')).toBeUndefined();
  });
}
