import type { Preview, TablePage } from '@loom/engine';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { LoadMore } from '../previews/renderer.js';
import { LazyPlot } from './lazy-plot.js';
import { tablePlot } from './plot-data.js';
import { plotRows } from './plot-form.js';

/** Rows that are drawn at most, and rows of one request. */
const MAX_ROWS = 20_000;
const PAGE_ROWS = 1_000;

const NOTHING: TablePage = { columns: [], rows: [], total: 0, offset: 0 };

/** Props of {@link PlotPreview}. */
export interface PlotPreviewProps {
  readonly preview: Preview;
  readonly loadMore: LoadMore | undefined;
}

/** The numbers of a value as lines. The rows that the preview lacks are fetched, up to a bound. */
export function PlotPreview({ preview, loadMore }: PlotPreviewProps): ReactNode {
  const messages = useMessages();
  const first = useMemo(() => plotRows(preview) ?? NOTHING, [preview]);
  const { rows, failure } = useRows(first, loadMore);
  const plot = useMemo(() => tablePlot(first.columns, rows), [first, rows]);
  return (
    <>
      <LazyPlot data={plot} />
      {failure === undefined ? null : (
        <div className="loom-preview-fault" role="alert">
          {messages.tableLoadFailed(failure)}
        </div>
      )}
      {rows.length < first.total ? (
        <div className="loom-table-size">{messages.plotPart(rows.length, first.total)}</div>
      ) : null}
    </>
  );
}

interface Rows {
  readonly of: TablePage;
  readonly rows: TablePage['rows'];
  readonly failure?: string;
}

function useRows(first: TablePage, loadMore: LoadMore | undefined): Omit<Rows, 'of'> {
  const [stored, setStored] = useState<Rows>();
  useEffect(() => {
    if (loadMore === undefined || first.rows.length >= first.total) return undefined;
    let isOver = false;
    const wanted = Math.min(first.total, MAX_ROWS);
    (async () => {
      let rows: TablePage['rows'] = first.rows;
      while (rows.length < wanted && !isOver) {
        const limit = Math.min(PAGE_ROWS, wanted - rows.length);
        const preview = await loadMore({ offset: rows.length, limit });
        const more = plotRows(preview)?.rows ?? [];
        // A list that gives no pages would give its beginning again and again.
        if (more.length === 0 || more.length > limit || isOver) return;
        rows = [...rows, ...more];
        setStored({ of: first, rows });
      }
    })().catch((error: unknown) => {
      if (isOver) return;
      const failure = error instanceof Error ? error.message : String(error);
      setStored((before) => ({ of: first, rows: before?.of === first ? before.rows : first.rows, failure }));
    });
    return () => {
      isOver = true;
    };
  }, [first, loadMore]);
  return stored?.of === first ? stored : { rows: first.rows };
}
