import type { NodeId } from '@loom/graph';
import { type ReactNode, useMemo, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { LogBar } from './LogBar.js';
import { LogList } from './LogList.js';
import type { LogEntry, LogStream } from './log-entry.js';
import { filterLog } from './log-lines.js';

export type { LogEntry } from './log-entry.js';

/** Props of {@link OutputLog}. */
export interface OutputLogProps {
  /** The oldest first. Entries are immutable: what changes must be a new one. */
  readonly entries: readonly LogEntry[];
  /** The name of a node was clicked. */
  readonly onSelectNode?: ((id: NodeId) => void) | undefined;
  readonly onClear?: (() => void) | undefined;
  /** Stands beside the filters. */
  readonly children?: ReactNode;
}

/** What nodes print, as it comes. Follows the end until a person scrolls up. */
export function OutputLog({ entries, onSelectNode, onClear, children }: OutputLogProps): ReactNode {
  const messages = useMessages();
  const [hidden, setHidden] = useState<ReadonlySet<LogStream>>(new Set());
  const [text, setText] = useState('');
  const [wraps, setWraps] = useState(true);
  const shown = useMemo(() => filterLog(entries, { hidden, text }), [entries, hidden, text]);
  const streams = useMemo(() => new Set(entries.map((entry) => entry.stream)), [entries]);

  function toggle(stream: LogStream): void {
    const next = new Set(hidden);
    if (!next.delete(stream)) next.add(stream);
    setHidden(next);
  }

  return (
    <section className="loom-log" aria-label={messages.logLabel}>
      <LogBar
        shown={shown}
        all={entries.length}
        streams={streams}
        hidden={hidden}
        onToggle={toggle}
        text={text}
        onText={setText}
        wraps={wraps}
        onWrap={setWraps}
        onClear={onClear}
      >
        {children}
      </LogBar>
      {shown.length === 0 ? (
        <p className="loom-log-empty">{entries.length === 0 ? messages.logEmpty : messages.logNoMatch}</p>
      ) : (
        <LogList entries={shown} wraps={wraps} onSelectNode={onSelectNode} />
      )}
    </section>
  );
}
