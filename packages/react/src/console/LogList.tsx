import type { NodeId } from '@loom/graph';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import type { LogEntry } from './log-entry.js';
import { entryText, timeText } from './log-lines.js';

interface LogListProps {
  readonly entries: readonly LogEntry[];
  /** Whether long lines go on in the next row; else one scrolls to their ends. */
  readonly wraps: boolean;
  readonly onSelectNode: ((id: NodeId) => void) | undefined;
}

const LINE_HEIGHT = 18;
const ROW_PADDING = 2;
/** Closer to the end than this counts as being there: zoomed pages round positions. */
const END_SLACK = 12;

/** The lines of the log, of which only the visible ones exist. Follows the end until a person scrolls up. */
export function LogList({ entries, wraps, onSelectNode }: LogListProps): ReactNode {
  const messages = useMessages();
  const scroller = useRef<HTMLDivElement>(null);
  const [isFollowing, setIsFollowing] = useState(true);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    // Long lines wrap and are measured; this only has to be near for those never seen.
    estimateSize: (index) => lineCount(entries[index]) * LINE_HEIGHT + ROW_PADDING,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 12,
  });
  const height = rows.getTotalSize();

  // After every change of the height, also when lines turn out taller than estimated.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is what makes this necessary
  useLayoutEffect(() => {
    const element = scroller.current;
    if (isFollowing && element) element.scrollTop = element.scrollHeight;
  }, [isFollowing, height, entries]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    setIsFollowing(element.scrollHeight - element.scrollTop - element.clientHeight <= END_SLACK);
  }

  return (
    <div className="loom-log-holder">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <div className="loom-log-scroller" ref={scroller} tabIndex={0} role="log" aria-live="off" onScroll={onScroll}>
        <div className="loom-log-lines" data-wraps={wraps} style={{ height }}>
          {rows.getVirtualItems().map((item) => {
            const entry = entries[item.index];
            return (
              entry && (
                <div
                  key={item.key}
                  ref={rows.measureElement}
                  data-index={item.index}
                  className="loom-log-line"
                  data-stream={entry.stream}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogLine entry={entry} onSelectNode={onSelectNode} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!isFollowing && (
        <button
          type="button"
          className="loom-button loom-button-outline loom-log-end"
          onClick={() => setIsFollowing(true)}
        >
          <ArrowDown size={12} aria-hidden="true" />
          {messages.logToEnd}
        </button>
      )}
    </div>
  );
}

function LogLine({
  entry,
  onSelectNode,
}: { readonly entry: LogEntry } & Pick<LogListProps, 'onSelectNode'>): ReactNode {
  const messages = useMessages();
  const { node, nodeTitle, stream, at } = entry;
  return (
    <>
      <time className="loom-log-time">{timeText(at)}</time>
      {node !== undefined && onSelectNode ? (
        <button type="button" className="loom-log-node" title={nodeTitle ?? node} onClick={() => onSelectNode(node)}>
          {nodeTitle ?? node}
        </button>
      ) : (
        <span className="loom-log-node" title={nodeTitle}>
          {nodeTitle ?? node ?? messages.logStream('system')}
        </span>
      )}
      <span className="loom-log-text">
        {stream === 'stderr' && <span className="loom-hidden">{`${messages.logStream('stderr')}: `}</span>}
        {entryText(entry)}
      </span>
    </>
  );
}

const MOST_LINES = 200;

function lineCount(entry: LogEntry | undefined): number {
  return entry ? entryText(entry).split('\n', MOST_LINES).length : 1;
}
