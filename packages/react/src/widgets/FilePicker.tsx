import { keepFile } from '@loom/engine';
import type { Json } from '@loom/graph';
import { FileUp } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { problemId } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

/** What a node gets of a file: the file, or what is in it. */
export type FileForm = 'file' | 'bytes';

interface KeptFiles {
  /** Why the last choice came to nothing. */
  readonly fault: string | undefined;
  readonly say: (fault: string | undefined) => void;
  /** Gives the literals of files; undefined when they cannot be had, or when others have been chosen meanwhile. */
  readonly keep: (files: readonly File[]) => Promise<readonly Json[] | undefined>;
}

/** Keeps files that were chosen for this session. The last choice counts, also when an earlier one is still being read. */
export function useKeptFiles(as: FileForm, inlineBytes = 0): KeptFiles {
  const choices = useRef(0);
  const [fault, say] = useState<string>();

  async function keep(files: readonly File[]): Promise<readonly Json[] | undefined> {
    const choice = ++choices.current;
    try {
      const literals = await Promise.all(files.map((file) => keepFile(file, { as, inlineBytes })));
      if (choice !== choices.current) return undefined;
      say(undefined);
      return literals;
    } catch (thrown) {
      if (choice === choices.current) say(thrown instanceof Error ? thrown.message : String(thrown));
      return undefined;
    }
  }

  return { fault, say, keep };
}

interface FilePickerProps extends Pick<PortWidgetProps, 'inputId' | 'label' | 'readOnly'> {
  readonly multiple?: boolean;
  readonly problem: string | undefined;
  /** At least one, unless someone dropped none. */
  readonly onFiles: (files: readonly File[]) => void;
  /** What the button says, and what is less important. */
  readonly text: string;
  readonly note?: string | undefined;
}

/** A button that opens the dialog of the system, and takes files that are dropped on it. */
export function FilePicker(props: FilePickerProps): ReactNode {
  const { inputId, label, readOnly = false, multiple = false, problem, onFiles, text, note } = props;
  const picker = useRef<HTMLInputElement>(null);

  function take(files: Iterable<File>): void {
    if (!readOnly) onFiles(multiple ? [...files] : [...files].slice(0, 1));
  }

  function drop(event: DragEvent<HTMLElement>): void {
    event.preventDefault();
    // Elsewhere in the editor a file that is dropped is a flow.
    event.stopPropagation();
    take(event.dataTransfer.files);
  }

  return (
    <>
      <button
        type="button"
        id={inputId}
        className="loom-input loom-widget-file nodrag"
        // The label of a form would be the whole name otherwise, without the file.
        aria-label={[`${label}: ${text}`, note].filter(Boolean).join(' ')}
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
        <span>{text}</span>
        {note === undefined ? null : <small> {note}</small>}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again.
          event.target.value = '';
          take(files);
        }}
      />
    </>
  );
}
