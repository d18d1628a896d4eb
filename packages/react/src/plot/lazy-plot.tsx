import { lazy, type ReactNode, Suspense } from 'react';
import { useMessages } from '../messages/messages.js';
import type { LinePlotProps } from './LinePlot.js';

const Plot = lazy(() => import('./LinePlot.js').then(({ LinePlot }) => ({ default: LinePlot })));

/** Lines; what draws them loads with the first plot. */
export function LazyPlot(props: LinePlotProps): ReactNode {
  const messages = useMessages();
  return (
    <Suspense fallback={<p className="loom-preview-empty">{messages.previewLoading}</p>}>
      <Plot {...props} />
    </Suspense>
  );
}
