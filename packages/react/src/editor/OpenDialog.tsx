import type { ReactNode } from 'react';
import { Dialog } from '../dialog/Dialog.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { OpenedFile } from '../store/session.js';
import { useEditor } from './context.js';
import { IssueList } from './IssueList.js';

/** What is wrong with an opened file, and the choice whether it replaces the flow. */
export function OpenDialog(): ReactNode {
  const opened = useLoom((state) => state.session.opened);
  return opened === undefined ? null : <Opened opened={opened} />;
}

function Opened({ opened }: { readonly opened: OpenedFile }): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const hopeless = Object.keys(opened.document.nodes).length === 0;
  const close = () => {
    store.setOpened(undefined);
    canvas.focus();
  };
  return (
    <Dialog title={messages.openTitle(opened.name)} onClose={close}>
      <p>{hopeless ? messages.openHopeless : messages.openPartly}</p>
      <IssueList issues={opened.issues} />
      <div className="loom-dialog-buttons">
        <button type="button" className="loom-button loom-button-outline" onClick={close}>
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
    </Dialog>
  );
}
