import type { FlowDocument } from '@loom/graph';
import type { ReactNode } from 'react';
import { useLoomStore } from '../hooks/context.js';
import type { EditorStorage } from './flow-storage.js';
import { KeepingBanner } from './KeepingBanner.js';
import { useKeeping } from './useKeeping.js';

/** Props of {@link Keeping}. */
export interface KeepingProps {
  readonly storage: EditorStorage;
  /** The flow as it stood when the editor began. */
  readonly before: FlowDocument;
}

/** Keeps work, and shows what people should know about it. */
export function Keeping({ storage, before }: KeepingProps): ReactNode {
  const { state, autosave } = useKeeping(useLoomStore(), storage, before);
  const isQuiet = state.failure === undefined && state.offers.length === 0 && state.foreign === undefined;
  if (autosave === undefined || isQuiet) return null;
  return <KeepingBanner state={state} autosave={autosave} />;
}
