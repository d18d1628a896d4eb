import type { Json } from '@loom/graph';
import { useState } from 'react';
import { TREE_MIME } from '../choose-preview.js';
import type { LoadMore } from '../renderer.js';
import { cutOf } from './tree-rows.js';

interface TreeItems {
  /** The value with what was loaded since. */
  readonly value: Json;
  /** Loads more of a list that was cut; absent when there is nothing more, or no way to get it. */
  readonly loadRest: (() => void) | undefined;
  readonly failure: string | undefined;
}

interface Loaded {
  /** The preview that this belongs to. */
  readonly of: Json;
  readonly value: Json;
  readonly isLoading: boolean;
  readonly failure: string | undefined;
}

const ITEMS = 50;

/** A list of which the beginning is here, and more comes on demand. Other values stay as they are. */
export function useTreeItems(data: Json, loadMore: LoadMore | undefined): TreeItems {
  const [stored, setStored] = useState<Loaded | undefined>(undefined);
  const loaded: Loaded = stored?.of === data ? stored : { of: data, value: data, isLoading: false, failure: undefined };
  const { value } = loaded;
  const missing = Array.isArray(value) ? cutOf(value.at(-1)) : undefined;
  if (!loadMore || missing === undefined || !Array.isArray(value))
    return { value, loadRest: undefined, failure: loaded.failure };

  const here = value.slice(0, -1);

  async function load(ask: LoadMore, left: number): Promise<Loaded> {
    const preview = await ask({ offset: here.length, limit: ITEMS });
    const part = preview.data[TREE_MIME];
    if (!Array.isArray(part)) return { of: data, value: here, isLoading: false, failure: undefined };
    const more = cutOf(part.at(-1)) === undefined ? part : part.slice(0, -1);
    const rest = left - more.length;
    const items: readonly Json[] =
      rest > 0 && more.length > 0 ? [...here, ...more, { $cut: rest }] : [...here, ...more];
    return { of: data, value: items, isLoading: false, failure: undefined };
  }

  function loadRest(): void {
    if (loaded.isLoading || !loadMore || missing === undefined) return;
    setStored({ ...loaded, isLoading: true, failure: undefined });
    load(loadMore, missing)
      .catch((error: unknown): Loaded => {
        return { ...loaded, isLoading: false, failure: error instanceof Error ? error.message : String(error) };
      })
      // A preview that has been replaced meanwhile keeps its own state.
      .then((next) => setStored((now) => (now?.of === next.of ? next : now)));
  }

  return { value, loadRest, failure: loaded.failure };
}
