import type { TablePage } from '@loom/engine';
import type { VirtualItem } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/messages.js';
import { isNumeric } from './table-cell.js';
import { type Arrangement, nextSort } from './useArrangement.js';

interface TableHeadProps {
  readonly columns: TablePage['columns'];
  readonly visible: readonly VirtualItem[];
  readonly gutter: number;
  readonly wish: Arrangement;
  /** Absent where the table cannot be arranged. */
  readonly onArrange: ((wish: Arrangement) => void) | undefined;
  readonly showsFilters: boolean;
  readonly onToggleFilters: () => void;
}

/** The names and types of the columns. One sorts by them, and filters in the row below. */
export function TableHead(props: TableHeadProps): ReactNode {
  const { columns, visible, gutter, wish, onArrange, showsFilters, onToggleFilters } = props;
  const messages = useMessages();
  return (
    <thead data-filters={showsFilters || undefined}>
      <tr aria-rowindex={1}>
        <th scope="col" aria-colindex={1} className="loom-table-gutter" style={{ width: gutter }}>
          <span className="loom-hidden">{messages.tableRowNumber}</span>
          {onArrange === undefined ? null : (
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.tableFilters}
              title={messages.tableFilters}
              aria-pressed={showsFilters}
              onClick={onToggleFilters}
            >
              <ListFilter size={13} aria-hidden="true" />
            </button>
          )}
        </th>
        {visible.map((item) => {
          const { name = '', type = '' } = columns[item.index] ?? {};
          const sort = wish.sort?.column === item.index ? wish.sort : undefined;
          const direction = sort === undefined ? 'none' : sort.descending === true ? 'descending' : 'ascending';
          const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
          const label = (
            <>
              {name} {sort === undefined ? null : <Arrow size={12} aria-hidden="true" />}{' '}
              <span className="loom-table-type">{type}</span>
            </>
          );
          return (
            <th
              key={item.key}
              scope="col"
              aria-colindex={item.index + 2}
              aria-sort={direction}
              data-numeric={isNumeric(type) || undefined}
              style={{ left: item.start, width: item.size }}
              title={`${name}: ${type}`}
            >
              {onArrange === undefined ? (
                label
              ) : (
                <button
                  type="button"
                  className="loom-table-sort"
                  onClick={() => onArrange({ ...wish, sort: nextSort(wish.sort, item.index) })}
                >
                  {label}
                </button>
              )}
              {showsFilters && onArrange !== undefined ? (
                <input
                  className="loom-input"
                  aria-label={messages.tableFilter(name)}
                  placeholder={isNumeric(type) ? '> 0' : messages.tableFilterText}
                  value={wish.filters.get(item.index) ?? ''}
                  onChange={({ target }) =>
                    onArrange({ ...wish, filters: new Map(wish.filters).set(item.index, target.value) })
                  }
                />
              ) : null}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
