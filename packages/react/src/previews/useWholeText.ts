import type { Preview } from '@loom/engine';
import { useState } from 'react';
import type { LoadMore } from './renderer.js';

/** More characters than this are never shown at once; a text field of ten million helps nobody. */
const MOST_CHARACTERS = 1_000_000;

interface Loaded {
  /** The preview that this belongs to. */
  readonly of: Preview;
  readonly whole?: Preview;
  readonly failure?: string;
}

interface WholeText {
  /** The preview with as much of its text as was loaded. */
  readonly preview: Preview;
  /** Loads the rest of the text; absent when there is nothing more to ask for. */
  readonly loadRest: (() => void) | undefined;
  readonly failure: string | undefined;
}

/** A text that was shortened, of which the rest comes on demand. Values with richer forms stay as they are. */
export function useWholeText(preview: Preview, loadMore: LoadMore | undefined): WholeText {
  const [stored, setStored] = useState<Loaded>();
  const loaded = stored?.of === preview ? stored : undefined;
  const isText = Object.keys(preview.data).every((mime) => mime === 'text/plain');
  const canLoad = loadMore !== undefined && preview.truncated && isText && loaded === undefined;

  function loadRest(): void {
    if (loadMore === undefined) return;
    setStored({ of: preview });
    loadMore({ offset: 0, limit: MOST_CHARACTERS })
      .then((whole): Loaded => ({ of: preview, whole }))
      .catch((error: unknown): Loaded => {
        return { of: preview, failure: error instanceof Error ? error.message : String(error) };
      })
      // A preview that has been replaced meanwhile keeps its own state.
      .then((next) => setStored((now) => (now?.of === next.of ? next : now)));
  }

  return {
    preview: loaded?.whole ?? preview,
    loadRest: canLoad ? loadRest : undefined,
    failure: loaded?.failure,
  };
}
