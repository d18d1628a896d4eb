import { fileURLToPath } from 'node:url';
import { openSite } from './browser.js';
import { events, first, gesture, heap, layout, type Measure, paste, status, typing } from './editor/measures.js';
import type { SubjectName } from './editor/pages/main.js';
import { installPeers } from './peers/install.js';
import type { BenchmarkOptions, Row } from './row.js';

const WORKING = { p95: 33, cpu: 20 };

const MEASURES: Readonly<Record<string, Measure>> = {
  'first-1k': first(1_000),
  'first-10k': first(10_000),
  'drag-10k': gesture('drag', 10_000, 'near', WORKING),
  'pan-10k': gesture('pan', 10_000, 'near', WORKING),
  'zoom-10k': gesture('zoom', 10_000, 'near', WORKING),
  'pan-fit-5k': gesture('pan', 5_000, 'all', { p95: 33 }),
  'status-1': status(1),
  'status-1000': status(1_000),
  'events-1000ps': events(1_000, 10),
  'paste-1k': paste(1_000, 60),
  'paste-10k': paste(10_000, 120),
  'typing-1k': typing(1_000, 16),
  'heap-10k': heap(10_000, 40),
  'layout-1k': layout(1_000),
};

/** Others by the names that rows have behind theirs. */
const PEERS: Readonly<Record<string, SubjectName>> = {
  xyflow: 'plain',
  'xyflow-tuned': 'tuned',
  litegraph: 'litegraph',
};

async function rowOf(id: string, measured: Promise<Row>, ok: boolean): Promise<Row> {
  try {
    return await measured;
  } catch (thrown) {
    return { id, error: thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown), ok };
  }
}

/** The editor with flows of a thousand and of ten thousand nodes in Chromium; and others beside it, if asked for. */
export default async function* editor({ only, peers }: BenchmarkOptions): AsyncGenerator<Row> {
  const chosen = Object.entries(MEASURES).filter(([name]) => {
    return only.length === 0 || only.includes(name) || only.includes(`editor/${name}`);
  });
  if (chosen.length === 0) return;
  if (peers) installPeers();
  const site = await openSite(fileURLToPath(new URL('./editor/pages', import.meta.url)), ['editor.html']);
  try {
    for (const [name, { ours, peer }] of chosen) {
      const id = `editor/${name}`;
      yield await rowOf(id, ours(site, id), false);
      if (!peers || peer === undefined) continue;
      for (const [label, subject] of Object.entries(PEERS)) {
        // litegraph has no states that anybody renders.
        if (name.startsWith('status') && subject === 'litegraph') continue;
        const peerId = `${id}@${label}`;
        yield await rowOf(peerId, peer(site, peerId, subject), true);
      }
    }
  } finally {
    await site.close();
  }
}
