import type { FlowFrame, NodeId, Operation, Position } from '@loom/graph';
import { Pencil, Trash2 } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, memo, type ReactNode, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { MarkdownPreview } from '../previews/MarkdownPreview.js';
import { moveContents } from '../zones/move.js';
import { nodesIn } from './frame-contents.js';
import { useFrameDrag } from './useFrameDrag.js';

const SMALLEST = { width: 120, height: 64 };

/** Props of {@link FrameView}. */
export interface FrameViewProps {
  readonly id: string;
  readonly frame: FlowFrame;
}

/** A frame, which takes along the nodes that lie on it, or a note in Markdown. */
export const FrameView = memo(function FrameView({ id, frame }: FrameViewProps): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const [isEditing, setEditing] = useState(false);
  const isNote = frame.kind === 'note';

  function change(next: Partial<FlowFrame>, label: string, more: readonly Operation[] = []): void {
    const result = store.dispatch([{ kind: 'set-frame', id, frame: { ...frame, ...next } }, ...more], { label });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  const carried = (by: Position): Record<NodeId, Position> => {
    const { nodes } = store.getState().flow.document;
    const inside = isNote ? [] : nodesIn(nodes, frame, canvas.dropPlace().sizeOf);
    const moved = inside.map((node): [NodeId, Position] => {
      const { x, y } = nodes[node]?.position ?? { x: 0, y: 0 };
      return [node, { x: Math.round(x + by.x), y: Math.round(y + by.y) }];
    });
    return moveContents(nodes, Object.fromEntries(moved));
  };
  const move = useFrameDrag({
    onMove: (by) => store.setDrag(new Map(Object.entries(carried(by)))),
    onEnd(by) {
      store.setDrag(undefined);
      const { x, y } = frame.position;
      const positions = carried(by);
      const operations: Operation[] = Object.keys(positions).length === 0 ? [] : [{ kind: 'move-nodes', positions }];
      change({ position: { x: Math.round(x + by.x), y: Math.round(y + by.y) } }, messages.frameMove, operations);
    },
    onCancel: () => store.setDrag(undefined),
  });
  const resize = useFrameDrag({
    onEnd: (by) => change({ size: sizeBy(frame, by) }, messages.changeResize),
  });
  const nudge = ({ key, shiftKey, target, currentTarget }: KeyboardEvent<HTMLElement>) => {
    if (target !== currentTarget) return undefined;
    const step = shiftKey ? 16 : 4;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key];
    return by === undefined ? undefined : { x: by[0] ?? 0, y: by[1] ?? 0 };
  };

  const { x, y } = frame.position;
  const size = resize.by === undefined ? frame.size : sizeBy(frame, resize.by);
  const style: CSSProperties = {
    transform: `translate(${x + (move.by?.x ?? 0)}px, ${y + (move.by?.y ?? 0)}px)`,
    ...size,
    ...({ '--loom-frame-color': frame.color ?? 'var(--loom-accent)' } as CSSProperties),
  };
  const title = frame.title ?? (isNote ? messages.noteTitle : messages.frameTitle);
  return (
    <section
      className="loom-frame nopan nokey"
      data-kind={frame.kind}
      style={style}
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and deleted by keys
      tabIndex={0}
      onKeyDown={(event) => {
        const by = readOnly ? undefined : nudge(event);
        if (by !== undefined) {
          event.preventDefault();
          change({ position: { x: x + by.x, y: y + by.y } }, messages.frameMove, [
            { kind: 'move-nodes', positions: carried(by) },
          ]);
        } else if (!readOnly && event.target === event.currentTarget && /^(?:Delete|Backspace)$/.test(event.key)) {
          store.dispatch([{ kind: 'remove-frames', ids: [id] }], { label: messages.frameRemove });
          canvas.focus();
        } else if (event.target === event.currentTarget && event.key === 'Enter') setEditing(true);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move the frame, and Enter edits it */}
      <header
        className="loom-frame-header"
        {...(readOnly || isEditing ? {} : move.handlers)}
        onDoubleClick={() => setEditing(!readOnly)}
      >
        {isEditing && !isNote ? (
          <input
            // biome-ignore lint/a11y/noAutofocus: who asked to edit it wants to type
            autoFocus
            className="loom-input"
            aria-label={messages.frameTitle}
            defaultValue={frame.title ?? ''}
            onBlur={({ target }) => {
              setEditing(false);
              if (target.value !== (frame.title ?? '')) change({ title: target.value }, messages.changeRename);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        ) : isNote ? (
          <span className="loom-frame-grip" />
        ) : (
          <h3>{title}</h3>
        )}
        {readOnly ? null : (
          <span className="loom-frame-buttons">
            <input
              type="color"
              aria-label={messages.frameColor}
              title={messages.frameColor}
              value={frame.color ?? '#5b8def'}
              onChange={({ target }) =>
                // The browser tells each colour that one passes: all of them are one step.
                store.dispatch([{ kind: 'set-frame', id, frame: { ...frame, color: target.value } }], {
                  label: messages.frameColor,
                  mergeKey: `frame-color:${id}`,
                })
              }
            />
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.frameEdit}
              title={messages.frameEdit}
              onClick={() => setEditing(!isEditing)}
            >
              <Pencil size={12} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="loom-icon-button"
              aria-label={messages.frameRemove}
              title={messages.frameRemove}
              onClick={() => {
                store.dispatch([{ kind: 'remove-frames', ids: [id] }], { label: messages.frameRemove });
                canvas.focus();
              }}
            >
              <Trash2 size={12} aria-hidden="true" />
            </button>
          </span>
        )}
      </header>
      {isNote ? (
        isEditing ? (
          <textarea
            // biome-ignore lint/a11y/noAutofocus: likewise
            autoFocus
            className="loom-note-text nowheel nodrag"
            aria-label={messages.noteTitle}
            defaultValue={frame.text ?? ''}
            onBlur={({ target }) => {
              setEditing(false);
              if (target.value !== (frame.text ?? '')) change({ text: target.value }, messages.noteEdit);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the note does the same
          <div className="loom-note nowheel" onDoubleClick={() => setEditing(!readOnly)}>
            <MarkdownPreview mime="text/markdown" data={frame.text ?? messages.noteEmpty} size="panel" />
          </div>
        )
      ) : null}
      {readOnly ? null : <span className="loom-frame-resize" aria-hidden="true" {...resize.handlers} />}
    </section>
  );
});

function sizeBy({ size }: FlowFrame, by: Position): FlowFrame['size'] {
  return {
    width: Math.round(Math.max(SMALLEST.width, size.width + by.x)),
    height: Math.round(Math.max(SMALLEST.height, size.height + by.y)),
  };
}
