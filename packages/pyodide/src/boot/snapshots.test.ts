import { expect, it } from 'vitest';
import { MemoryStore, type SnapshotStore, Snapshots, snapshotKey } from './snapshots.js';

const bytes = (...values: number[]) => new Blob([new Uint8Array(values)]);
const broken: SnapshotStore = {
  get: () => Promise.reject(new Error('no')),
  put: () => Promise.reject(new Error('no')),
  delete: () => Promise.reject(new Error('no')),
};

it('one that is not there is made once, and found from then on', async () => {
  const snapshots = new Snapshots(new MemoryStore(), 'a');
  expect(snapshots.isAbsent).toBe(false);
  expect(await snapshots.load()).toBeUndefined();
  expect(snapshots.isAbsent).toBe(true);
  const snapshot = bytes(1, 2);
  await snapshots.save(snapshot);
  expect(snapshots.isAbsent).toBe(false);
  expect(await snapshots.load()).toBe(snapshot);
});

it('one that did not work is thrown away and not made again', async () => {
  const store = new MemoryStore();
  const snapshots = new Snapshots(store, 'a');
  await snapshots.save(bytes(1));
  await snapshots.giveUp();
  expect(await snapshots.load()).toBeUndefined();
  expect(snapshots.isAbsent).toBe(false);
  expect(await store.get('a')).toBeUndefined();
});

it('a store that fails is done without', async () => {
  const snapshots = new Snapshots(broken, 'a');
  expect(await snapshots.load()).toBeUndefined();
  await snapshots.save(bytes(1));
  expect(snapshots.isAbsent).toBe(false);
  await snapshots.giveUp();
});

it('the name changes with the harness and with where Pyodide is', () => {
  const names = [
    snapshotKey('/a/', { one: 'x', two: 'y' }),
    snapshotKey('/b/', { one: 'x', two: 'y' }),
    snapshotKey('/a/', { one: 'x', two: 'z' }),
    snapshotKey('/a/', { one: 'xy', two: '' }),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(snapshotKey('/a/', { one: 'x', two: 'y' })).toBe(names[0]);
});
