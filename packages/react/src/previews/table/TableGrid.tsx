import type { TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useMessages } from '../../messages/messages.js';
import type { LoadMore } from '../renderer.js';
import { TableFoot } from './TableFoot.js';
import { TableHead } from './TableHead.js';
import { cellText, columnWidths, fullCellText, isNumeric } from './table-cell.js';
import { useArrangement } from './useArrangement.js';
import { useTablePages } from './useTablePages.js';

interface TableGridProps {
  readonly page: TablePage;
  readonly loadMore: LoadMore | undefined;
}

const ROW_HEIGHT = 24;
/** Heights of the head as `table.css` has them, and room for a bar that scrolls to further columns. */
const HEAD = 29;
const FILTERED_HEAD = 59;
const SCROLLBAR = 12;
/** Browsers cap the height of an element (Firefox at some 17 million pixels): longer tables are seen in parts. */
const PART_ROWS = 500_000;
const DIGIT_WIDTH = 8;
/** Room for the button that shows the filters. */
const MIN_GUTTER = 40;

/** A table of any size of which only the visible cells exist. Scrolls both ways; the head and the row numbers stay. */
export function TableGrid({ page: given, loadMore: loadGiven }: TableGridProps): ReactNode {
  const messages = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const { page, loadMore, wish, isBusy, failure, arrange } = useArrangement(given, loadGiven);
  const table = useTablePages(page, loadMore);
  const [showsFilters, setShowsFilters] = useState(false);
  const [chosen, setChosen] = useState({ of: page, part: 0 });
  const part = chosen.of === page ? chosen.part : 0;
  // Rows of another order are no reason for other widths.
  const widths = useMemo(() => columnWidths(given), [given]);
  const total = loadMore ? page.total : page.rows.length;
  const first = part * PART_ROWS;
  const count = Math.min(PART_ROWS, total - first);
  const gutter = Math.max(MIN_GUTTER, String(given.total).length * DIGIT_WIDTH + 16);

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
  useEffect(() => table.ensure(first + start, first + end), [table, first, start, end]);
  // Another order, or another part, is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what makes it necessary
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [page, part]);

  const width = columns.getTotalSize();

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: no landmark, for there may be several, and no field set */}
      <section
        className="loom-table"
        role="group"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={messages.tableLabel}
        style={{ height: rows.getTotalSize() + (showsFilters ? FILTERED_HEAD : HEAD) + SCROLLBAR }}
      >
        <table aria-rowcount={total + 1} aria-colcount={widths.length + 1} style={{ width }}>
          <TableHead
            columns={page.columns}
            visible={visibleColumns}
            gutter={gutter}
            wish={wish}
            onArrange={loadGiven === undefined ? undefined : arrange}
            showsFilters={showsFilters}
            onToggleFilters={() => setShowsFilters(!showsFilters)}
          />
          <tbody style={{ height: rows.getTotalSize() }}>
            {visibleRows.map((item) => (
              <tr
                key={item.key}
                aria-rowindex={first + item.index + 2}
                data-odd={item.index % 2 === 1 || undefined}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <th scope="row" aria-colindex={1} className="loom-table-gutter" style={{ width: gutter }}>
                  {first + item.index}
                </th>
                <TableCells page={page} columns={visibleColumns} cells={table.row(first + item.index)} />
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
      {failure !== undefined && (
        <div className="loom-preview-fault" role="alert">
          {failure === '' ? messages.tableNotArranged : messages.tableLoadFailed(failure)}
        </div>
      )}
      <TableFoot
        total={page.total}
        all={given.total}
        columns={page.columns.length}
        isBusy={isBusy}
        part={part}
        partRows={PART_ROWS}
        onPart={(next) => setChosen({ of: page, part: next })}
      />
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
