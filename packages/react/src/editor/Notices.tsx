import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { Notice } from '../store/session.js';
import { CommandButton } from './CommandButton.js';
import { useEditor } from './context.js';

/** How long a notice stays, in milliseconds. An error stays until it is dismissed. */
const NOTICE_MS = 6000;

/** Short messages in the corner, announced politely. */
export function Notices(): ReactNode {
  const notices = useLoom((state) => state.session.notices);
  const announcement = useLoom((state) => state.session.announcement);
  const tidying = useLoom((state) => state.session.tidying);
  const messages = useMessages();
  return (
    <>
      <div className="loom-notices" role="status" aria-live="polite">
        {tidying === undefined ? null : (
          <div className="loom-notice">
            <span>{messages.tidying(tidying.count)}</span>
            <CommandButton command="arrange.stop">{messages.stop}</CommandButton>
          </div>
        )}
        {notices.map((notice) => (
          <NoticeView key={notice.id} notice={notice} />
        ))}
      </div>
      <div className="loom-hidden" aria-live="polite">
        {announcement}
      </div>
    </>
  );
}

function NoticeView({ notice }: { readonly notice: Notice }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  useEffect(() => {
    if (notice.tone === 'error') return undefined;
    const timer = setTimeout(() => store.dismissNotice(notice.id), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [store, notice]);
  return (
    <div className="loom-notice" data-tone={notice.tone}>
      <span>{notice.text}</span>
      <button
        type="button"
        className="loom-icon-button"
        aria-label={messages.dismiss}
        onClick={() => store.dismissNotice(notice.id)}
      >
        <X size={13} aria-hidden="true" />
      </button>
    </div>
  );
}
