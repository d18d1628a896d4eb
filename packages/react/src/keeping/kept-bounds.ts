import { LoomError } from '@loom/graph';
import type { KeptFlow } from './flow-storage.js';

/** Refuses a flow that is too large to be kept. */
export function assertKeepable(kept: KeptFlow, maxCharacters: number): void {
  const characters = kept.text.length + (kept.unanswered?.text.length ?? 0);
  if (characters <= maxCharacters) return;
  throw new LoomError(
    'storage/too-large',
    `The flow has ${characters.toLocaleString('en')} characters, and at most ${maxCharacters.toLocaleString('en')} can be kept here. Save it as a file.`,
  );
}

/** The keys that are too many, those kept longest ago first; never the one that was just written. */
export function surplusKeys(
  savedAt: ReadonlyMap<string, number>,
  written: string,
  maxFlows: number,
): readonly string[] {
  const others = [...savedAt].filter(([key]) => key !== written).sort(([, a], [, b]) => a - b);
  return others.slice(0, Math.max(0, savedAt.size - maxFlows)).map(([key]) => key);
}

/** What was read, when it is what was written once: anyone can write into a browser's storage. */
export function readKept(value: unknown): KeptFlow | undefined {
  if (!isVersion(value)) return undefined;
  const { text, savedAt } = value;
  const unanswered = 'unanswered' in value && isVersion(value.unanswered) ? value.unanswered : undefined;
  return unanswered === undefined
    ? { text, savedAt }
    : { text, savedAt, unanswered: { text: unanswered.text, savedAt: unanswered.savedAt } };
}

function isVersion(value: unknown): value is { text: string; savedAt: number } {
  if (typeof value !== 'object' || value === null) return false;
  return 'text' in value && typeof value.text === 'string' && 'savedAt' in value && Number.isFinite(value.savedAt);
}
