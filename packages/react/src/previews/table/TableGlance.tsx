import type { TablePage } from '@loom/engine';
import type { ReactNode } from 'react';
import { cellText, fullCellText, isNumeric } from './table-cell.js';

const ROWS = 5;
const COLUMNS = 8;

/** The first rows and columns of a table, on a node. */
export function TableGlance({ page }: { readonly page: TablePage }): ReactNode {
  const columns = page.columns.slice(0, COLUMNS);
  return (
    <div className="loom-table-glance">
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and columns never move
              <th key={index} scope="col" data-numeric={isNumeric(column.type) || undefined} title={column.type}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.slice(0, ROWS).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id but their place
            <tr key={place}>
              {columns.map((column, index) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and columns never move
                  key={index}
                  data-numeric={isNumeric(column.type) || undefined}
                  data-null={row[index] === null || undefined}
                  title={fullCellText(row[index])}
                >
                  {cellText(row[index])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
