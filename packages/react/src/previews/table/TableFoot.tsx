import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/messages.js';

interface TableFootProps {
  /** Rows that are left by the filters, and rows of the whole table. */
  readonly total: number;
  readonly all: number;
  readonly columns: number;
  readonly isBusy: boolean;
  /** The part of a table with more rows than a browser can scroll through. */
  readonly part: number;
  readonly partRows: number;
  readonly onPart: (part: number) => void;
}

/** How large a table is, and which part of a very long one is looked at. */
export function TableFoot({ total, all, columns, isBusy, part, partRows, onPart }: TableFootProps): ReactNode {
  const messages = useMessages();
  const parts = Math.ceil(total / partRows);
  const first = part * partRows;
  return (
    <div className="loom-table-size" aria-live="polite" aria-busy={isBusy}>
      <span>{total === all ? messages.tableSize(all, columns) : messages.tableFiltered(total, all)}</span>
      {isBusy ? <span>{messages.tableArranging}</span> : null}
      {parts > 1 ? (
        <span className="loom-table-parts">
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.tablePartBefore}
            disabled={part === 0}
            onClick={() => onPart(part - 1)}
          >
            <ChevronLeft size={13} aria-hidden="true" />
          </button>
          {messages.tablePart(first, Math.min(total, first + partRows) - 1)}
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.tablePartAfter}
            disabled={part >= parts - 1}
            onClick={() => onPart(part + 1)}
          >
            <ChevronRight size={13} aria-hidden="true" />
          </button>
        </span>
      ) : null}
    </div>
  );
}
