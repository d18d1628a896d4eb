import { Check, Copy, Search, Trash2, TriangleAlert, WrapText } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { copyText } from './copy-text.js';
import { LOG_STREAMS, type LogEntry, type LogStream } from './log-entry.js';
import { logText } from './log-lines.js';

interface LogBarProps {
  /** The entries that pass the filter. */
  readonly shown: readonly LogEntry[];
  /** How many there are in all. */
  readonly all: number;
  /** The streams that have entries. */
  readonly streams: ReadonlySet<LogStream>;
  readonly hidden: ReadonlySet<LogStream>;
  readonly onToggle: (stream: LogStream) => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly wraps: boolean;
  readonly onWrap: (wraps: boolean) => void;
  readonly onClear: (() => void) | undefined;
  /** Further filters. */
  readonly children: ReactNode;
}

/** Filters and actions of the log. */
export function LogBar(props: LogBarProps): ReactNode {
  const { shown, all, streams, hidden, onToggle, text, onText, wraps, onWrap, onClear, children } = props;
  const messages = useMessages();
  return (
    <div className="loom-log-bar">
      <div className="loom-log-search">
        <Search size={12} aria-hidden="true" />
        <input
          type="search"
          className="loom-input"
          aria-label={messages.logFilter}
          placeholder={messages.logFilter}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return;
            event.stopPropagation();
            onText('');
          }}
        />
      </div>
      <fieldset className="loom-log-streams">
        <legend className="loom-hidden">{messages.logStreams}</legend>
        {LOG_STREAMS.filter((stream) => streams.has(stream) || hidden.has(stream)).map((stream) => (
          <button
            key={stream}
            type="button"
            className="loom-button"
            data-stream={stream}
            aria-pressed={!hidden.has(stream)}
            onClick={() => onToggle(stream)}
          >
            {messages.logStream(stream)}
          </button>
        ))}
      </fieldset>
      {children}
      <span className="loom-log-count" role="status">
        {messages.logCount(shown.length, all)}
      </span>
      <button
        type="button"
        className="loom-icon-button"
        aria-label={messages.logWrap}
        title={messages.logWrap}
        aria-pressed={wraps}
        onClick={() => onWrap(!wraps)}
      >
        <WrapText size={14} aria-hidden="true" />
      </button>
      <CopyButton entries={shown} />
      {onClear && (
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.logClear}
          title={messages.logClear}
          disabled={all === 0}
          onClick={onClear}
        >
          <Trash2 size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

const SHOWN_MS = 1500;

function CopyButton({ entries }: { readonly entries: readonly LogEntry[] }): ReactNode {
  const messages = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'failed' | undefined>(undefined);
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const label =
    outcome === 'copied' ? messages.logCopied : outcome === 'failed' ? messages.logCopyFailed : messages.logCopy;
  const Icon = outcome === 'copied' ? Check : outcome === 'failed' ? TriangleAlert : Copy;

  async function copy(): Promise<void> {
    if (!button.current) return;
    setOutcome(
      (await copyText(logText(entries), button.current.parentElement ?? button.current)) ? 'copied' : 'failed',
    );
  }

  return (
    <button
      ref={button}
      type="button"
      className="loom-icon-button"
      aria-label={label}
      title={label}
      disabled={entries.length === 0}
      onClick={() => void copy()}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}
