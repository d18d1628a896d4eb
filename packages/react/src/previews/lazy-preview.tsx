import { lazy, type ReactNode, Suspense } from 'react';
import type { PreviewViewProps } from './PreviewView.js';

const Preview = lazy(() => import('./PreviewView.js').then(({ PreviewView }) => ({ default: PreviewView })));

/** Shows a value. The views load with the first of them: nothing has a value when an editor opens. */
export function LazyPreview(props: PreviewViewProps): ReactNode {
  return (
    <Suspense fallback={null}>
      <Preview {...props} />
    </Suspense>
  );
}
