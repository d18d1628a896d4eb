/** A process of its own for one measure of one engine: `child.ts CASE CONTENDER`. Tells its parent what it found. */
import { peerNames, peersByName } from '../peers/peers.js';
import type { Figure } from '../row.js';
import { casesOf, isContest } from './cases.js';
import { measureContest } from './contest.js';
import { loom } from './loom.js';
import { measureOwn } from './own.js';
import type { Contender } from './subject.js';

/** What a child says, once. */
export type ChildMessage = { readonly figure: Figure } | { readonly error: string };

async function contenderNamed(name: string): Promise<Contender> {
  if (name === loom.name) return loom;
  const open = peersByName.get(name);
  if (!open) throw new Error(`There is no "${name}". There are: ${[loom.name, ...peerNames].join(', ')}`);
  return open();
}

async function measure(id: string, name: string): Promise<Figure> {
  const [some] = casesOf([id]);
  if (!some) throw new Error('Which measure?');
  return isContest(some) ? measureContest(some, await contenderNamed(name)) : measureOwn(some);
}

function tell(message: ChildMessage): void {
  // What a library has left open must not keep the process.
  process.send?.(message, () => process.exit());
}

function messageOf(error: unknown): string {
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'stack overflow';
  return error instanceof Error ? error.message : String(error);
}

process.on('unhandledRejection', (error) => tell({ error: messageOf(error) }));
process.on('uncaughtException', (error) => tell({ error: messageOf(error) }));

const [id = '', name = loom.name] = process.argv.slice(2);
measure(id, name).then(
  (figure) => tell({ figure }),
  (error: unknown) => tell({ error: messageOf(error) }),
);
