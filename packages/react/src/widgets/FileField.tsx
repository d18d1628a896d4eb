import { isFileAtHand, keepFile } from '@loom/engine';
import { readFileLiteral } from '@loom/graph';
import { FileUp } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface FileFieldProps extends PortWidgetProps {
  /** What the node gets: the file, or what is in it. */
  readonly as: 'file' | 'bytes';
}

/** Chooses a file, by a dialog or by dropping it here. The flow keeps its name; the file itself belongs to the session. */
export function FileField(props: FileFieldProps): ReactNode {
  const { value, onChange, readOnly, inputId, label, as, inlineFileBytes = 0 } = props;
  const messages = useMessages();
  const picker = useRef<HTMLInputElement>(null);
  /** The last choice counts, also when an earlier one is still being read. */
  const choices = useRef(0);
  const [fault, setFault] = useState<string>();
  const entry = readFileLiteral(value);
  const isMissing = value !== undefined && entry !== undefined && !isFileAtHand(value);
  const problem = fault ?? (isMissing ? messages.fileMissing(entry.name) : undefined);

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined || readOnly) return;
    const choice = ++choices.current;
    try {
      const literal = await keepFile(file, { as, inlineBytes: inlineFileBytes });
      if (choice !== choices.current) return;
      setFault(undefined);
      onChange(literal);
    } catch (thrown) {
      if (choice === choices.current) setFault(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  function drop(event: DragEvent<HTMLElement>): void {
    event.preventDefault();
    // Elsewhere in the editor a file that is dropped is a flow.
    event.stopPropagation();
    void choose(event.dataTransfer.files[0]);
  }

  return (
    <WidgetFrame {...props} kind="file" problem={problem} clearable onReset={() => setFault(undefined)}>
      <button
        type="button"
        id={inputId}
        className="loom-input loom-widget-file nodrag"
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        aria-invalid={problem !== undefined}
        disabled={readOnly}
        onClick={() => picker.current?.click()}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onDrop={drop}
      >
        <FileUp size={12} aria-hidden="true" />
        <span className="loom-hidden">{label}: </span>
        <span>{entry?.name ?? messages.fileChoose}</span>
        {entry === undefined ? null : <small>{messages.previewBytes(entry.size)}</small>}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file can be chosen again.
          event.target.value = '';
          void choose(file);
        }}
      />
    </WidgetFrame>
  );
}
