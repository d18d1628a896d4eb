import { emptyDocument, type FlowDocument, save } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { type AutosaveOptions, createAutosave, LATEST_MS, PAUSE_MS, RETRY_MS } from './autosave.js';
import type { FlowStorage, KeptFlow } from './flow-storage.js';
import { createMemoryStorage } from './memory-storage.js';

const titled = (title: string): FlowDocument => ({ ...emptyDocument, title });

/** An autosave with a clock that stands still until it is moved, and a storage that can be made to fail. */
function arrange(options: { kept?: KeptFlow; initial?: FlowDocument; failing?: boolean } = {}) {
  const memory = createMemoryStorage();
  const kept = new Map<string, KeptFlow>();
  if (options.kept !== undefined) kept.set('flow', options.kept);
  const disk = { failing: options.failing ?? false, full: false, writes: 0 };
  const guard = () => {
    if (disk.failing) throw new Error('the disk is gone');
  };
  const adapter: FlowStorage = {
    async read(key) {
      guard();
      return kept.get(key) ?? memory.read(key);
    },
    async write(key, flow) {
      disk.writes += 1;
      guard();
      if (disk.full) throw new Error('the disk is full');
      kept.set(key, flow);
    },
    async remove(key) {
      guard();
      kept.delete(key);
    },
  };
  const clock = { now: 1000, timers: [] as { at: number; call: () => void }[] };
  const later: AutosaveOptions['later'] = (call, ms) => {
    const timer = { at: clock.now + ms, call };
    clock.timers.push(timer);
    return () => {
      clock.timers = clock.timers.filter((other) => other !== timer);
    };
  };
  async function pass(ms: number): Promise<void> {
    const end = clock.now + ms;
    for (;;) {
      const next = clock.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      clock.timers = clock.timers.filter((timer) => timer !== next);
      clock.now = next.at;
      next.call();
      await settle();
    }
    clock.now = end;
  }
  const autosave = createAutosave({
    adapter,
    key: 'flow',
    initial: options.initial ?? emptyDocument,
    now: () => clock.now,
    later,
  });
  const put = (flow: KeptFlow) => void kept.set('flow', flow);
  return { autosave, pass, disk, put, kept: () => kept.get('flow') };
}

/** All that is under way without a timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('createAutosave', () => {
  it('writes the newest flow once edits pause', async () => {
    const { autosave, pass, kept, disk } = arrange();
    await settle();
    autosave.changed(titled('a'));
    await pass(PAUSE_MS - 1);
    autosave.changed(titled('b'));
    await pass(PAUSE_MS - 1);
    expect(kept()).toBeUndefined();
    await pass(1);
    expect(kept()).toEqual({ text: save(titled('b')), savedAt: 1000 + 2 * PAUSE_MS - 1 });
    expect(disk.writes).toBe(1);
  });

  it('does not wait for ever for edits that never pause', async () => {
    const { autosave, pass, kept } = arrange();
    await settle();
    for (let ms = 0; ms <= LATEST_MS; ms += 100) {
      autosave.changed(titled(`at ${ms}`));
      await pass(100);
    }
    expect(kept()?.text).toContain('at ');
  });

  it('offers what was kept and is not in the flow, and does not write over it', async () => {
    const before = { text: save(titled('before')), savedAt: 5 };
    const { autosave, pass, kept } = arrange({ kept: before });
    await settle();
    expect(autosave.state.offers).toEqual([before]);
    autosave.changed(titled('now'));
    await pass(PAUSE_MS);
    expect(kept()).toEqual({ text: save(titled('now')), savedAt: 1000 + PAUSE_MS, unanswered: before });
    autosave.answer();
    await pass(0);
    expect(kept()).toEqual({ text: save(titled('now')), savedAt: 1000 + PAUSE_MS });
  });

  it('offers nothing when the flow is as it was kept', async () => {
    const { autosave } = arrange({ kept: { text: save(titled('same')), savedAt: 5 }, initial: titled('same') });
    await settle();
    expect(autosave.state.offers).toEqual([]);
  });

  it('forgets what is not wanted', async () => {
    const { autosave, pass, kept } = arrange({ kept: { text: save(titled('before')), savedAt: 5 } });
    await settle();
    autosave.answer();
    await pass(0);
    expect(autosave.state.offers).toEqual([]);
    expect(kept()).toBeUndefined();
  });

  it('says when work is not kept, tries again a few times, and then when asked', async () => {
    const { autosave, pass, kept, disk } = arrange();
    await settle();
    disk.full = true;
    autosave.changed(titled('a'));
    await pass(PAUSE_MS);
    expect(autosave.state.failure).toBe('the disk is full');
    await pass(10 * RETRY_MS.reduce((sum, ms) => sum + ms, 0));
    expect(disk.writes).toBe(1 + RETRY_MS.length);
    disk.full = false;
    autosave.retry();
    await settle();
    expect(autosave.state.failure).toBeUndefined();
    expect(kept()?.text).toBe(save(titled('a')));
  });

  it('never writes before it could read: that would write over what was kept', async () => {
    const { autosave, pass, kept, disk } = arrange({
      kept: { text: save(titled('before')), savedAt: 5 },
      failing: true,
    });
    await settle();
    autosave.changed(titled('now'));
    autosave.flush();
    await pass(PAUSE_MS);
    expect(disk.writes).toBe(0);
    disk.failing = false;
    await pass(RETRY_MS[1] ?? 0);
    expect(kept()?.unanswered?.text).toBe(save(titled('before')));
  });

  it('writes nothing over what another window kept meanwhile, until someone chooses', async () => {
    const { autosave, pass, kept, put } = arrange();
    await settle();
    autosave.changed(titled('mine'));
    await pass(PAUSE_MS);
    put({ text: save(titled('theirs')), savedAt: 7 });
    autosave.changed(titled('mine, further'));
    await pass(LATEST_MS);
    expect(autosave.state.foreign).toEqual({ text: save(titled('theirs')), savedAt: 7 });
    expect(kept()?.text).toBe(save(titled('theirs')));
    autosave.settle();
    await pass(PAUSE_MS);
    expect(autosave.state.foreign).toBeUndefined();
    expect(kept()?.text).toBe(save(titled('mine, further')));
  });

  it('says so when one comes back to it, and not when the other window has the same', async () => {
    const { autosave, pass, put } = arrange();
    await settle();
    autosave.changed(titled('mine'));
    await pass(PAUSE_MS);
    put({ text: save(titled('mine')), savedAt: 7 });
    autosave.check();
    await settle();
    expect(autosave.state.foreign).toBeUndefined();
    put({ text: save(titled('theirs')), savedAt: 8 });
    autosave.check();
    await settle();
    expect(autosave.state.foreign?.savedAt).toBe(8);
  });

  it('offers what another window kept where nothing was edited, and keeps it', async () => {
    const { autosave, pass, put, kept, disk } = arrange();
    await settle();
    put({ text: save(titled('theirs')), savedAt: 7 });
    autosave.check();
    await settle();
    expect(autosave.state).toMatchObject({ foreign: undefined, offers: [{ savedAt: 7 }] });
    disk.failing = true;
    autosave.check();
    await settle();
    disk.failing = false;
    await pass(RETRY_MS[0] ?? 0);
    expect(kept()?.savedAt).toBe(7);
  });

  it('writes what is pending when it ends, and nothing after', async () => {
    const { autosave, kept, pass } = arrange();
    await settle();
    autosave.changed(titled('last'));
    autosave.dispose();
    autosave.dispose();
    await settle();
    expect(kept()?.text).toBe(save(titled('last')));
    autosave.changed(titled('too late'));
    await pass(LATEST_MS);
    expect(kept()?.text).toBe(save(titled('last')));
  });
});
