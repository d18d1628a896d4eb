import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { OpenedFile } from '../store/session.js';
import { useEditor } from './context.js';
import { IssueList } from './IssueList.js';

/** What is wrong with an opened file, and the choice whether it replaces the flow. */
export function OpenDialog(): ReactNode {
  const opened = useLoom((state) => state.session.opened);
  return opened === undefined ? null : <Dialog opened={opened} />;
}

function Dialog({ opened }: { readonly opened: OpenedFile }): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const heading = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  const hopeless = Object.keys(opened.document.nodes).length === 0;
  const close = () => {
    store.setOpened(undefined);
    canvas.focus();
  };
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div className="loom-dialog-backdrop">
      <div
        className="loom-dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
        }}
      >
        <h2 id={heading}>{messages.openTitle(opened.name)}</h2>
        <p>{hopeless ? messages.openHopeless : messages.openPartly}</p>
        <IssueList issues={opened.issues} />
        <div className="loom-dialog-buttons">
          <button ref={cancel} type="button" className="loom-button loom-button-outline" onClick={close}>
            {messages.openCancel}
          </button>
          {hopeless ? null : (
            <button
              type="button"
              className="loom-button loom-button-primary"
              onClick={() => {
                store.openDocument(opened.document);
                close();
              }}
            >
              {messages.openAnyway}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
