import { LoomError } from '@loom/graph';
import { createContext, type ReactNode, useContext } from 'react';
import type { LoomStore } from '../store/loom-store.js';

const StoreContext = createContext<LoomStore | undefined>(undefined);

/** Props of {@link StoreProvider}. */
export interface StoreProviderProps {
  readonly store: LoomStore;
  readonly children?: ReactNode;
}

/** Gives a store to the hooks below it. */
export function StoreProvider({ store, children }: StoreProviderProps): ReactNode {
  return <StoreContext.Provider value={store}>{children}</StoreContext.Provider>;
}

/**
 * The store of the editor around; throws `editor/no-store` outside of one.
 *
 * @example
 * ```tsx
 * function Deselect() {
 *   const store = useLoomStore();
 *   return <button onClick={() => store.select({ nodes: [] })}>Select nothing</button>;
 * }
 * ```
 */
export function useLoomStore(): LoomStore {
  const store = useContext(StoreContext);
  if (store === undefined) {
    throw new LoomError('editor/no-store', 'There is no store here. Put this inside <LoomProvider> or <LoomEditor>.');
  }
  return store;
}
