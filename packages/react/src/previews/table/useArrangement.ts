import type { PreviewRequest, TableFilter, TablePage } from '@loom/engine';
import { useEffect, useMemo, useState } from 'react';
import { TABLE_MIME } from '../choose-preview.js';
import type { LoadMore } from '../renderer.js';
import { readTablePage } from './table-page.js';

/** How a reader wants to see a table. */
export interface Arrangement {
  readonly sort: PreviewRequest['sort'];
  /** Texts by the place of the column. */
  readonly filters: ReadonlyMap<number, string>;
}

const AS_IT_IS: Arrangement = { sort: undefined, filters: new Map() };
/** Rows of the first page of another order, and how long typing pauses before one is asked for. */
const PAGE_ROWS = 200;
const PAUSE_MS = 250;

interface Arranged {
  readonly of: TablePage;
  readonly wish: Arrangement;
  readonly page?: TablePage;
  readonly failure?: string;
}

interface ArrangedTable {
  /** The table as it is shown: the one before, until the arranged one is there. */
  readonly page: TablePage;
  readonly loadMore: LoadMore | undefined;
  readonly wish: Arrangement;
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  arrange(wish: Arrangement): void;
}

/** A table in the order that its reader asks for. It is arranged where the value is; only the rows that are seen come. */
export function useArrangement(page: TablePage, loadMore: LoadMore | undefined): ArrangedTable {
  const [wished, setWished] = useState({ of: page, wish: AS_IT_IS });
  const [stored, setStored] = useState<Arranged>();
  // Another table begins as it is.
  const wish = wished.of === page ? wished.wish : AS_IT_IS;
  const request = useMemo(() => requestOf(wish), [wish]);

  useEffect(() => {
    if (request === undefined || loadMore === undefined) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      loadMore({ ...request, offset: 0, limit: PAGE_ROWS })
        .then((preview): Arranged => {
          const found = readTablePage(preview.data[TABLE_MIME]);
          // What does not know of orders gives the table as it is: that must not pass for sorted.
          return found.arranged === true ? { of: page, wish, page: found } : { of: page, wish, failure: '' };
        })
        .catch((error: unknown): Arranged => {
          return { of: page, wish, failure: error instanceof Error ? error.message : String(error) };
        })
        .then((next) => isOver || setStored(next));
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [page, wish, request, loadMore]);

  const arranged = request !== undefined && stored?.of === page ? stored : undefined;
  const shown = arranged?.page;
  const shownRequest = useMemo(() => (shown === undefined ? undefined : requestOf(arranged?.wish)), [shown, arranged]);
  const load = useMemo((): LoadMore | undefined => {
    if (loadMore === undefined || shownRequest === undefined) return loadMore;
    return (part) => loadMore({ ...shownRequest, ...part });
  }, [loadMore, shownRequest]);
  return {
    page: shown ?? page,
    loadMore: load,
    wish,
    isBusy: request !== undefined && stored?.wish !== wish,
    failure: stored?.wish === wish ? arranged?.failure : undefined,
    arrange: (next) => setWished({ of: page, wish: next }),
  };
}

function requestOf(wish: Arrangement | undefined): Pick<PreviewRequest, 'sort' | 'filters'> | undefined {
  if (wish === undefined) return undefined;
  const filters = [...wish.filters].flatMap(([column, text]): TableFilter[] =>
    text.trim() === '' ? [] : [{ column, text }],
  );
  if (wish.sort === undefined && filters.length === 0) return undefined;
  return { ...(wish.sort && { sort: wish.sort }), ...(filters.length > 0 && { filters }) };
}

/** What a click on the head of a column asks for: upwards, downwards, as it was. */
export function nextSort(sort: Arrangement['sort'], column: number): Arrangement['sort'] {
  if (sort?.column !== column) return { column };
  return sort.descending === true ? undefined : { column, descending: true };
}
