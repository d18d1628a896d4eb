import { type ComponentType, lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react';
import { PartBoundary } from './PartBoundary.js';

const subscribe = () => () => undefined;
const onPage = () => false;
const onServer = () => true;

/** A component whose code loads when it is shown first, or when it is asked for. */
export type LazyPart<Props extends object> = ComponentType<Props> & {
  /** Loads the code before it is needed. Nothing happens when that fails: the first to show it tries again. */
  preload(): void;
};

/**
 * A component whose code loads when it is shown first, so that the first load stays small. Files go missing when a site is
 * deployed anew: then its place says so and offers another try.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let loaded: ComponentType<Props> | undefined;
  const make = () =>
    lazy(async () => {
      loaded = await load();
      return { default: loaded };
    });
  let current: ComponentType<Props> = make();

  function LazyPart(props: Props): ReactNode {
    // What is there already is drawn at once: who opens a search and types on must not lose the first letters.
    const [Part, setPart] = useState(() => loaded ?? current);
    // A server would have to wait for it, and what it sends must be what the page begins with.
    const isServer = useSyncExternalStore(subscribe, onPage, onServer);
    if (isServer) return null;
    return (
      <PartBoundary
        onRetry={() => {
          // React remembers a load that failed for as long as the component lives.
          current = make();
          setPart(() => current);
        }}
      >
        <Suspense fallback={null}>
          <Part {...props} />
        </Suspense>
      </PartBoundary>
    );
  }
  return Object.assign(LazyPart, {
    preload() {
      load().then(
        (component) => {
          loaded = component;
        },
        () => undefined,
      );
    },
  });
}
