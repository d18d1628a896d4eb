import type { TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { LoadMore } from '../renderer.js';
import { TablePages } from './table-pages.js';

interface LoadedTable {
  /** A row, once it is there. */
  row(index: number): readonly Json[] | undefined;
  /** Asks for the rows from `start` up to, not including, `end`, as far as they are missing. */
  ensure(start: number, end: number): void;
  /** Why rows are missing. */
  readonly failure: string | undefined;
  retry(): void;
}

/** The rows of a table, of which the first page is here and the others come when they are looked at. */
export function useTablePages(first: TablePage, loadMore: LoadMore | undefined): LoadedTable {
  const pages = useMemo(() => new TablePages(first, loadMore), [first, loadMore]);
  // Late pages of a table that is no longer shown are dropped.
  useEffect(() => pages.open(), [pages]);
  const subscribe = useCallback((listener: () => void) => pages.subscribe(listener), [pages]);
  const version = useSyncExternalStore(
    subscribe,
    () => pages.version,
    () => pages.version,
  );
  return useMemo(
    () => ({
      row: (index) => pages.row(index),
      ensure: (start, end) => pages.ensure(start, end),
      failure: pages.failure,
      retry: () => pages.retry(),
      version,
    }),
    [pages, version],
  );
}
