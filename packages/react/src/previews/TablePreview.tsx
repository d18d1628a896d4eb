import { type ReactNode, useMemo } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PreviewRendererProps } from './renderer.js';
import { TableGlance } from './TableGlance.js';
import { TableGrid } from './TableGrid.js';
import { readTablePage } from './table-page.js';

/** A table: in a node its first rows, in a panel all of them, loaded as one scrolls. */
export function TablePreview({ data, size, loadMore }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const page = useMemo(() => readTablePage(data), [data]);
  return (
    <div className="loom-table-holder">
      {size === 'node' ? <TableGlance page={page} /> : <TableGrid page={page} loadMore={loadMore} />}
      <div className="loom-table-size">{messages.tableSize(page.total, page.columns.length)}</div>
    </div>
  );
}
