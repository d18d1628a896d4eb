import type { TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import type { LoadMore } from './renderer.js';
import { cellText, columnWidths, fullCellText, isNumeric } from './table-cell.js';
import { useTablePages } from './useTablePages.js';

interface TableGridProps {
  readonly page: TablePage;
  readonly loadMore: LoadMore | undefined;
}

const ROW_HEIGHT = 24;
/** Browsers cap the height of an element (Firefox at some 17 million pixels); beyond it rows could not be reached. */
const MOST_ROWS = 700_000;
const DIGIT_WIDTH = 8;

/** A table of any size of which only the visible cells exist. Scrolls both ways; the head and the row numbers stay. */
export function TableGrid({ page, loadMore }: TableGridProps): ReactNode {
  const messages = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTablePages(page, loadMore);
  const widths = useMemo(() => columnWidths(page), [page]);
  const count = loadMore ? Math.min(page.total, MOST_ROWS) : page.rows.length;
  const gutter = String(count).length * DIGIT_WIDTH + 16;

  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: 2,
    paddingStart: gutter,
  });
  // Other columns have other widths, which the virtualizer has measured already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the widths are what makes this necessary
  useEffect(() => columns.measure(), [columns, widths]);

  const visibleRows = rows.getVirtualItems();
  const visibleColumns = columns.getVirtualItems();
  const start = visibleRows[0]?.index ?? 0;
  const end = (visibleRows.at(-1)?.index ?? -1) + 1;
  useEffect(() => table.ensure(start, end), [table, start, end]);

  const width = columns.getTotalSize();

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className="loom-table" ref={scroller} tabIndex={0} aria-label={messages.tableLabel}>
        <table aria-rowcount={page.total + 1} aria-colcount={widths.length + 1} style={{ width }}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col" aria-colindex={1} className="loom-table-gutter" style={{ width: gutter }}>
                <span className="loom-hidden">{messages.tableRowNumber}</span>
              </th>
              {visibleColumns.map((column) => {
                const { name = '', type = '' } = page.columns[column.index] ?? {};
                return (
                  <th
                    key={column.key}
                    scope="col"
                    aria-colindex={column.index + 2}
                    data-numeric={isNumeric(type) || undefined}
                    style={{ left: column.start, width: column.size }}
                    title={`${name}: ${type}`}
                  >
                    {name} <span className="loom-table-type">{type}</span>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody style={{ height: rows.getTotalSize() }}>
            {visibleRows.map((item) => (
              <tr
                key={item.key}
                aria-rowindex={item.index + 2}
                data-odd={item.index % 2 === 1 || undefined}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <th scope="row" aria-colindex={1} className="loom-table-gutter" style={{ width: gutter }}>
                  {item.index}
                </th>
                <TableCells page={page} columns={visibleColumns} cells={table.row(item.index)} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.failure !== undefined && (
        <div className="loom-preview-fault" role="alert">
          <span>{messages.tableLoadFailed(table.failure)}</span>
          <button type="button" className="loom-button loom-button-outline" onClick={table.retry}>
            {messages.retry}
          </button>
        </div>
      )}
      {count < page.total && <div className="loom-table-size">{messages.tableRowsShown(count)}</div>}
    </>
  );
}

interface TableCellsProps {
  readonly page: TablePage;
  readonly columns: readonly VirtualItem[];
  /** Undefined until the row is loaded. */
  readonly cells: readonly Json[] | undefined;
}

function TableCells({ page, columns, cells }: TableCellsProps): ReactNode {
  return columns.map((column) => {
    const cell = cells?.[column.index];
    return (
      <td
        key={column.key}
        aria-colindex={column.index + 2}
        data-numeric={isNumeric(page.columns[column.index]?.type ?? '') || undefined}
        data-null={cell === null || undefined}
        data-missing={cells === undefined || undefined}
        style={{ left: column.start, width: column.size }}
        title={fullCellText(cell)}
      >
        {cellText(cell)}
      </td>
    );
  });
}
