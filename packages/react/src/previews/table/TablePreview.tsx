import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { useMessages } from '../../messages/messages.js';
import type { PreviewRendererProps } from '../renderer.js';
import { TableGlance } from './TableGlance.js';
import { readTablePage } from './table-page.js';

// What scrolls through a million rows is needed in a panel only, and loads when one opens it first.
const TableGrid = lazy(() => import('./TableGrid.js').then((module) => ({ default: module.TableGrid })));

/** A table: in a node its first rows, in a panel all of them, loaded as one scrolls. */
export function TablePreview({ data, size, loadMore }: PreviewRendererProps): ReactNode {
  const messages = useMessages();
  const page = useMemo(() => readTablePage(data), [data]);
  const glance = (
    <>
      <TableGlance page={page} />
      <div className="loom-table-size">{messages.tableSize(page.total, page.columns.length)}</div>
    </>
  );
  return (
    <div className="loom-table-holder">
      {size === 'node' ? (
        glance
      ) : (
        <Suspense fallback={glance}>
          <TableGrid page={page} loadMore={loadMore} />
        </Suspense>
      )}
    </div>
  );
}
