import type { BareRequest } from './bare-transfer-worker.js';

const BYTES = 64_000_000;

/** The least that it takes: copied out of one interpreter, handed over, and copied into another. */
export function bareTransfer() {
  const workers = [0, 1].map(
    () => new Worker(new URL('./bare-transfer-worker.ts', import.meta.url), { type: 'module' }),
  );

  function ask<Answer>(index: number, request: BareRequest, transfer: Transferable[] = []): Promise<Answer> {
    const worker = workers[index];
    return new Promise((resolve, reject) => {
      if (!worker) return;
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(request, transfer);
    });
  }

  return {
    async ready(): Promise<void> {
      await Promise.all(workers.map((_, index) => ask(index, { kind: 'boot' })));
    },
    async once(): Promise<number> {
      const start = performance.now();
      const buffer = await ask<ArrayBuffer>(0, { kind: 'out', size: BYTES });
      const size = await ask<number>(1, { kind: 'in', buffer }, [buffer]);
      if (size !== BYTES) throw new Error(`${size} bytes have arrived.`);
      return performance.now() - start;
    },
  };
}
