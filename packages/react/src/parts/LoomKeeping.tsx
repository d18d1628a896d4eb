import type { ReactNode } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { type EditorStorage, useKeeping } from '../keeping/useKeeping.js';
import { lazyPart } from './lazy-part.js';

const Banner = lazyPart(() => import('../keeping/KeepingBanner.js').then(({ KeepingBanner }) => KeepingBanner));

/** Props of {@link LoomKeeping}. */
export interface LoomKeepingProps {
  readonly storage: EditorStorage;
}

/**
 * Keeps unsaved work where the app says, and shows a banner when that fails, or when there is work of before that can be
 * taken back.
 *
 * @example
 * ```tsx
 * const adapter = createIndexedDbStorage();
 *
 * <LoomRoot>
 *   <LoomKeeping storage={{ adapter, key: 'my-flow' }} />
 *   <LoomCanvas />
 * </LoomRoot>
 * ```
 */
export function LoomKeeping({ storage }: LoomKeepingProps): ReactNode {
  const { state, autosave } = useKeeping(useLoomStore(), storage);
  const isQuiet = state.failure === undefined && state.offers.length === 0 && state.foreign === undefined;
  if (autosave === undefined || isQuiet) return null;
  return <Banner state={state} autosave={autosave} />;
}
