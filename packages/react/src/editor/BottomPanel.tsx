import { X } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { LoomConsole, LoomProblems, LoomTimeline } from '../parts/panels.js';
import type { SessionState } from '../store/session.js';
import { useEditor } from './context.js';

const TABS: Readonly<Record<SessionState['bottomTab'], ComponentType>> = {
  output: LoomConsole,
  problems: LoomProblems,
  timeline: LoomTimeline,
};

/** Below the canvas: what nodes print, what is wrong with the flow as it stands, and when nodes ran. */
export function BottomPanel(): ReactNode {
  const { store, id } = useEditor();
  const messages = useMessages();
  const tab = useLoom((state) => state.session.bottomTab);
  const titles = { output: messages.tabOutput, problems: messages.tabProblems, timeline: messages.tabTimeline };
  const Content = TABS[tab];
  return (
    <section className="loom-bottom" aria-label={messages.bottomLabel}>
      <div className="loom-tabs">
        <div className="loom-tab-list" role="tablist" aria-label={messages.bottomLabel}>
          {(['output', 'problems', 'timeline'] as const).map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              className="loom-tab"
              aria-selected={tab === name}
              aria-controls={`${id}-tab-${name}`}
              onClick={() => store.setBottomTab(name)}
            >
              {titles[name]}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="loom-icon-button loom-tabs-close"
          aria-label={messages.closePanel}
          title={messages.closePanel}
          onClick={() => store.setPanel('bottom', { open: false })}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      <div className="loom-tab-panel" role="tabpanel" id={`${id}-tab-${tab}`}>
        <Content />
      </div>
    </section>
  );
}
