import { type ComponentType, lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react';
import { PartBoundary } from './PartBoundary.js';

const subscribe = () => () => undefined;
const onPage = () => false;
const onServer = () => true;

/**
 * A component whose code loads when it is shown first, so that the first load stays small. Files go missing when a site is
 * deployed anew: then its place says so and offers another try.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const make = () => lazy(async () => ({ default: await load() }));
  let current = make();
  return function LazyPart(props: Props): ReactNode {
    const [Loaded, setLoaded] = useState(() => current);
    // A server would have to wait for it, and what it sends must be what the page begins with.
    const isServer = useSyncExternalStore(subscribe, onPage, onServer);
    if (isServer) return null;
    return (
      <PartBoundary
        onRetry={() => {
          // React remembers a load that failed for as long as the component lives.
          current = make();
          setLoaded(current);
        }}
      >
        <Suspense fallback={null}>
          <Loaded {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}
