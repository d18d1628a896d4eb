import type { NodeType } from '@loom/graph';
import { Plus } from 'lucide-react';
import type { DragEvent, ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { Highlighted } from './Highlighted.js';
import type { TextRange } from './match.js';
import { NODE_TYPE_MIME } from './node-type-mime.js';

interface LibraryItemProps {
  readonly type: NodeType;
  readonly rowKey: string;
  readonly ranges: readonly TextRange[];
  readonly level: 1 | 2;
  /** Whether Tab leads here: one row of the tree has it. */
  readonly isCurrent: boolean;
  readonly disabled: boolean;
  readonly describedBy: string | undefined;
  readonly onAdd: () => void;
  readonly onFocus: (item: HTMLElement) => void;
  readonly onPoint: (item: HTMLElement) => void;
  readonly onLeave: () => void;
}

/** A node type in the library: drag it, double-click it, press Enter on it, or use its button. */
export function LibraryItem(props: LibraryItemProps): ReactNode {
  const { type, rowKey, ranges, level, isCurrent, disabled, describedBy, onAdd, onFocus, onPoint, onLeave } = props;
  const messages = useMessages();

  function onDragStart(event: DragEvent): void {
    onLeave();
    event.dataTransfer.setData(NODE_TYPE_MIME, type.id);
    event.dataTransfer.effectAllowed = 'copy';
  }

  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-describedby={describedBy}
      aria-disabled={disabled || undefined}
      tabIndex={isCurrent ? 0 : -1}
      className="loom-library-item"
      data-key={rowKey}
      draggable={!disabled}
      onDragStart={onDragStart}
      onDoubleClick={disabled ? undefined : onAdd}
      onFocus={(event) => onFocus(event.currentTarget)}
      onMouseEnter={(event) => onPoint(event.currentTarget)}
      onMouseLeave={onLeave}
    >
      <span className="loom-library-words">
        <span className="loom-library-title">
          <Highlighted text={type.title} ranges={ranges} />
        </span>
        {level === 1 && type.category !== undefined && <span className="loom-library-shelf">{type.category}</span>}
        {type.description !== undefined && <span className="loom-library-text">{firstSentence(type.description)}</span>}
      </span>
      {!disabled && (
        <button
          type="button"
          className="loom-icon-button loom-library-add"
          aria-label={messages.libraryAdd(type.title)}
          // Enter on the item does the same; a Tab stop for each of hundreds would be in the way.
          tabIndex={-1}
          onClick={onAdd}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Plus size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}

/** One line has room for one sentence. */
function firstSentence(text: string): string {
  return text.split(/\n|(?<=[.!?])\s/, 1)[0] ?? text;
}
