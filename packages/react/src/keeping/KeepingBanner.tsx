import { History, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { openText } from '../editor/open-file.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { Autosave, KeepingState } from './autosave.js';

/** Props of {@link KeepingBanner}. */
export interface KeepingBannerProps {
  readonly state: KeepingState;
  readonly autosave: Autosave;
}

/** Above the canvas: that work is not being kept, and work of before that can be taken back. */
export function KeepingBanner({ state, autosave }: KeepingBannerProps): ReactNode {
  const { store, commands } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom(({ flow }) => flow.readOnly);
  const [offer] = state.offers;
  return (
    <>
      {state.failure === undefined ? null : (
        <div className="loom-banner" data-tone="error" role="alert">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{messages.keepingFailed(state.failure)}</span>
          <button type="button" className="loom-button loom-button-outline" onClick={autosave.retry}>
            {messages.retry}
          </button>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => void commands.run('file.save')}
          >
            {messages.saveFile}
          </button>
        </div>
      )}
      {state.foreign === undefined || readOnly ? null : (
        <div className="loom-banner" data-tone="error" role="alert">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{messages.keepingForeign(new Date(state.foreign.savedAt))}</span>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => {
              const text = state.foreign?.text ?? '';
              autosave.settle();
              openText(store, text, messages.keepingTheirs, messages);
            }}
          >
            {messages.keepingTakeTheirs}
          </button>
          <button type="button" className="loom-button loom-button-outline" onClick={autosave.settle}>
            {messages.keepingTakeMine}
          </button>
        </div>
      )}
      {offer === undefined || readOnly ? null : (
        <section className="loom-banner" aria-label={messages.keepingLabel}>
          <History size={14} aria-hidden="true" />
          <span>{messages.keepingFound(new Date(offer.savedAt))}</span>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => {
              autosave.answer();
              openText(store, offer.text, messages.keepingName, messages);
            }}
          >
            {messages.keepingRestore}
          </button>
          <button type="button" className="loom-button" onClick={autosave.answer}>
            {messages.keepingDiscard}
          </button>
        </section>
      )}
    </>
  );
}
