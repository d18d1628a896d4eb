import { expect, it, onTestFinished, vi } from 'vitest';
import { python } from '../test/python-programs.js';
import { perform } from '../test/tasks.js';
import { createPyodideExecutor } from './index.js';

/** Counts what a page would keep for ever: workers, addresses of blobs, open databases and listeners of the page. */
function counted() {
  const open = { workers: new Set<Worker>(), addresses: new Set<string>(), databases: new Set<IDBDatabase>() };
  let made = 0;
  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      made++;
      open.workers.add(this);
    }

    override terminate(): void {
      open.workers.delete(this);
      super.terminate();
    }
  };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const address = createObjectURL.call(URL, blob);
    open.addresses.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    open.addresses.delete(address);
    revokeObjectURL.call(URL, address);
  };
  const opening = vi.spyOn(indexedDB, 'open');
  opening.mockImplementation((...args) => {
    const request = IDBFactory.prototype.open.apply(indexedDB, args);
    request.addEventListener('success', () => open.databases.add(request.result));
    return request;
  });
  const { close } = IDBDatabase.prototype;
  IDBDatabase.prototype.close = function (this: IDBDatabase) {
    open.databases.delete(this);
    close.call(this);
  };
  const added = [window, document].map((target) => vi.spyOn(target, 'addEventListener'));
  const removed = [window, document].map((target) => vi.spyOn(target, 'removeEventListener'));
  const callsOf = (spies: readonly { readonly mock: { readonly calls: readonly unknown[] } }[]) =>
    spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  onTestFinished(() => {
    globalThis.Worker = RealWorker;
    Object.assign(URL, { createObjectURL, revokeObjectURL });
    IDBDatabase.prototype.close = close;
    for (const spy of [opening, ...added, ...removed]) spy.mockRestore();
  });
  return {
    made: () => made,
    left: () => ({
      workers: open.workers.size,
      addresses: open.addresses.size,
      databases: open.databases.size,
      listeners: callsOf(added) - callsOf(removed),
    }),
  };
}

it('fifty mounts, most of them too short to start, leave nothing behind', async () => {
  const { made, left } = counted();
  const fine = python('fine', 'def fine():\n    return 42\n');
  for (let mount = 0; mount < 50; mount++) {
    const executor = createPyodideExecutor({ indexUrl: '/pyodide/', lanes: 2 });
    const starting = executor.start();
    if (mount % 25 === 24) {
      await starting;
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    }
    // As in StrictMode: gone before anything was there.
    await executor.dispose();
    await starting.catch((fault) => expect(fault.code).toBe('executor/disposed'));
    expect(executor.status.state).toBe('disposed');
  }
  expect(made()).toBeGreaterThanOrEqual(2);
  // A database that was being opened is closed when it is there.
  await expect.poll(left).toEqual({ workers: 0, addresses: 0, databases: 0, listeners: 0 });
});
