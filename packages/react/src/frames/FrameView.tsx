import type { FlowFrame, Position } from '@loom/graph';
import { Pencil, Trash2 } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, memo, type ReactNode, useState } from 'react';
import { commitMove, moveBy, movedWithFrame, showMove } from '../canvas/node-drag.js';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { menuOfSelection } from '../menu/selection-menu.js';
import { useMessages } from '../messages/messages.js';
import { MarkdownPreview } from '../previews/markdown/MarkdownPreview.js';
import { useFrameDrag } from './useFrameDrag.js';

const SMALLEST = { width: 120, height: 64 };

/** Props of {@link FrameView}. */
export interface FrameViewProps {
  readonly id: string;
  readonly frame: FlowFrame;
}

/** A frame, which takes along the nodes that lie on it, or a note in Markdown. */
export const FrameView = memo(function FrameView({ id, frame }: FrameViewProps): ReactNode {
  const editor = useEditor();
  const { store, canvas } = editor;
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const selected = useLoom(({ session }) => session.selection.frames.has(id));
  const dragged = useLoom(({ session }) => session.frameDrag?.get(id));
  const [isEditing, setEditing] = useState(false);
  const isNote = frame.kind === 'note';

  function change(next: Partial<FlowFrame>, label: string): void {
    const result = store.dispatch([{ kind: 'set-frame', id, frame: { ...frame, ...next } }], { label });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  const what = () => movedWithFrame(editor, id);
  const move = useFrameDrag({
    onMove: (by) => showMove(editor, moveBy(editor, what(), by)),
    onEnd: (by) => commitMove(editor, moveBy(editor, what(), by)),
    onCancel: () => store.setDrag(undefined),
    onClick({ shiftKey, ctrlKey, metaKey }) {
      if (shiftKey || ctrlKey || metaKey) store.changeSelection([], [], [[id, !selected]]);
      else store.select({ frames: [id] });
    },
  });
  function remove(): void {
    store.dispatch([{ kind: 'remove-frames', ids: [id] }], { label: messages.frameRemove });
    canvas.focus();
  }
  const resize = useFrameDrag({
    onEnd: (by) => change({ size: sizeBy(frame, by) }, messages.changeResize),
  });
  const nudge = ({ key, shiftKey, target, currentTarget }: KeyboardEvent<HTMLElement>) => {
    if (target !== currentTarget) return undefined;
    const step = shiftKey ? 16 : 4;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key];
    return by === undefined ? undefined : { x: by[0] ?? 0, y: by[1] ?? 0 };
  };

  const { x, y } = dragged ?? frame.position;
  const size = resize.by === undefined ? frame.size : sizeBy(frame, resize.by);
  const style: CSSProperties = {
    transform: `translate(${x}px, ${y}px)`,
    ...size,
    ...({ '--loom-frame-color': frame.color ?? 'var(--loom-accent)' } as CSSProperties),
  };
  const title = frame.title ?? (isNote ? messages.noteTitle : messages.frameTitle);
  return (
    <section
      className="loom-frame nopan"
      data-kind={frame.kind}
      data-frame={id}
      data-selected={selected}
      style={style}
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and deleted by keys
      tabIndex={0}
      onContextMenu={(event) => {
        // Fields have the menu of the browser.
        if ((event.target as Element).closest('input, textarea') !== null) return;
        event.preventDefault();
        event.stopPropagation();
        const root = event.currentTarget.closest('.loom-root')?.getBoundingClientRect();
        if (!selected) store.select({ frames: [id] });
        store.setMenu({
          name: menuOfSelection(store),
          at: { x: event.clientX - (root?.left ?? 0), y: event.clientY - (root?.top ?? 0) },
        });
      }}
      onKeyDown={(event) => {
        const isOwn = event.target === event.currentTarget;
        const by = readOnly ? undefined : nudge(event);
        if (by !== undefined) {
          event.preventDefault();
          commitMove(editor, moveBy(editor, what(), by));
        } else if (isOwn && !readOnly && !selected && /^(?:Delete|Backspace)$/.test(event.key)) {
          event.preventDefault();
          remove();
        } else if (isOwn && event.key === 'Enter') setEditing(true);
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
              onClick={remove}
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
