import type { StoredResult } from '../result-tier.js';
import { indexedDbTier } from './indexed-db-tier.js';

// A worker that keeps a result in the database whose name it is sent, and answers with what it reads back.

const kept: StoredResult = {
  outputs: {
    out: {
      value: { head: '"from a worker"', buffers: [new Uint8Array([7]).buffer] },
      typeName: 'string',
      preview: { data: { 'text/plain': 'from a worker' }, truncated: false },
    },
  },
};

self.addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const tier = indexedDbTier({ name: data });
  await tier.set('a', kept);
  self.postMessage(await tier.get('a'));
  await tier.close();
});
