import { bareTransfer } from './bare-transfer.js';
import { transfer } from './transfer.js';

/** 64 MB from worker to worker, in a pool and with bare workers. */
export function transfers() {
  const pool = transfer();
  const bare = bareTransfer();
  return {
    async ready(): Promise<void> {
      await pool.ready();
      await bare.ready();
    },
    pool: () => pool.once(),
    bare: () => bare.once(),
  };
}
