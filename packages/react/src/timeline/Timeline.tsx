import type { FrameStep, RecordedRun, RecordedSpan } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ZoomIn, ZoomOut } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';
import { RunList } from './RunList.js';
import { spanAt, type TimelineRow, ticks, timelineBars, timelineRows } from './timeline-rows.js';

const ROW_HEIGHT = 24;
const MOST_ZOOM = 256;
/** Parts of a row that are drawn apart at zoom 1: about a pixel each. */
const BAR_PARTS = 800;
const TICKS = 6;

/** When each node ran: a run of the last ones, row by row. A click selects the node, in the iteration that was hit. */
export function Timeline(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const history = useLoom((state) => state.runs.history);
  const chosen = useLoom((state) => state.session.pastRun);
  // A run under way tells something in each frame: typing and moving go first.
  const run = useDeferredValue(history.find(({ id }) => id === chosen) ?? history.at(-1));
  if (run === undefined) return <p className="loom-empty-text">{messages.timelineEmpty}</p>;
  return (
    <div className="loom-timeline">
      <RunList
        runs={history}
        shown={run.id}
        onChoose={(id) => store.lookAtRun(id === history.at(-1)?.id ? undefined : id)}
      />
      <Rows key={run.id} run={run} />
    </div>
  );
}

function Rows({ run }: { readonly run: RecordedRun }): ReactNode {
  const messages = useMessages();
  const scroll = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const rows = useMemo(() => timelineRows(run), [run]);
  const totalMs = useMemo(
    () => run.durationMs ?? rows.reduce((most, { spans }) => Math.max(most, spans.at(-1)?.end ?? 0), 0),
    [run, rows],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  return (
    <div className="loom-timeline-main">
      <div className="loom-timeline-bar">
        <span className="loom-timeline-summary">
          {messages.timelineSummary(rows.length, messages.duration(totalMs))}
          {run.dropped === 0 ? null : ` ${messages.timelineDropped(run.dropped)}`}
        </span>
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.timelineZoomOut}
          title={messages.timelineZoomOut}
          disabled={zoom === 1}
          onClick={() => setZoom(Math.max(1, zoom / 2))}
        >
          <ZoomOut size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="loom-icon-button"
          aria-label={messages.timelineZoomIn}
          title={messages.timelineZoomIn}
          disabled={zoom >= MOST_ZOOM}
          onClick={() => setZoom(Math.min(MOST_ZOOM, zoom * 2))}
        >
          <ZoomIn size={14} aria-hidden="true" />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section ref={scroll} className="loom-timeline-scroll" tabIndex={0} aria-label={messages.timelineLabel}>
        <div className="loom-timeline-axis" aria-hidden="true">
          <div className="loom-timeline-name" />
          <div className="loom-timeline-track" style={{ width: trackWidth(zoom) }}>
            {ticks(totalMs, TICKS * zoom).map((ms) => (
              <span key={ms} style={{ left: `${(ms / Math.max(totalMs, Number.MIN_VALUE)) * 100}%` }}>
                {messages.timelineTick(ms)}
              </span>
            ))}
          </div>
        </div>
        <ul style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li key={row.node} style={{ top: start, height: ROW_HEIGHT }}>
                <Row row={row} run={run} totalMs={totalMs} zoom={zoom} />
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}

interface RowProps {
  readonly row: TimelineRow;
  readonly run: RecordedRun;
  readonly totalMs: number;
  readonly zoom: number;
}

function Row({ row, run, totalMs, zoom }: RowProps): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const title = useLoom((state) => nodeTitle(state.flow, row.node));
  const selected = useLoom((state) => state.session.selection.nodes.has(row.node));
  const bars = useMemo(() => timelineBars(row.spans, totalMs, 1 / (BAR_PARTS * zoom)), [row, totalMs, zoom]);
  const show = (span: RecordedSpan | undefined) => {
    showIteration(store, span?.frame);
    selectNode(store, row.node);
    canvas.fitView([row.node]);
  };
  const about = messages.timelineRow(title, row.spans.length, messages.duration(row.totalMs));
  return (
    <div className="loom-timeline-row" data-selected={selected}>
      <button type="button" className="loom-timeline-name" title={about} onClick={() => show(undefined)}>
        <span>{title}</span>
        <span className="loom-hidden">{messages.timelineSpans(row.spans.length)}</span>
        <span>{messages.duration(row.totalMs)}</span>
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the name of the row does the same by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: likewise */}
      <div
        className="loom-timeline-track"
        style={{ width: trackWidth(zoom) }}
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          show(spanAt(row.spans, ((event.clientX - left) / Math.max(1, width)) * totalMs));
        }}
      >
        {run.pauses.map(({ start, end }) => (
          <span
            key={start}
            className="loom-timeline-pause"
            style={{ left: percent(start / totalMs), width: percent(((end ?? totalMs) - start) / totalMs) }}
          />
        ))}
        {bars.map(({ from, to, state, count, first }) => (
          <span
            key={from}
            className="loom-timeline-bar-of"
            data-state={state}
            title={messages.timelineBar(
              count === 1 ? messages.spanState(state) : messages.timelineSpans(count),
              messages.duration(count === 1 ? first.end - first.start : (to - from) * totalMs),
              first.frame?.map(({ index }) => index + 1).join('.'),
            )}
            style={{ left: percent(from), width: percent(to - from) }}
          />
        ))}
      </div>
    </div>
  );
}

/** At zoom 1 what the names leave of the width; see timeline.css. */
function trackWidth(zoom: number): string {
  return `calc((100cqi - var(--loom-timeline-aside)) * ${zoom})`;
}

function percent(part: number): string {
  return `${Math.min(100, Math.max(0, part * 100))}%`;
}

type Store = ReturnType<typeof useEditor>['store'];

function selectNode(store: Store, node: NodeId): void {
  store.select({ nodes: [node] });
}

function showIteration(store: Store, frame: readonly FrameStep[] | undefined): void {
  for (const { node, index } of frame ?? []) store.setFrame(node, index);
}
