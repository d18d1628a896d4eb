import { type ReactNode, useState } from 'react';
import { useLoomStore } from '../hooks/context.js';
import type { EditorStorage } from '../keeping/flow-storage.js';
import { rootStore } from '../subgraph/opened-store.js';
import { lazyPart } from './lazy-part.js';

const Keeping = lazyPart(() => import('../keeping/Keeping.js').then((module) => module.Keeping));

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
  const store = useLoomStore();
  const [before] = useState(() => rootStore(store).getState().flow.document);
  return <Keeping storage={storage} before={before} />;
}
