import { isFileAtHand } from '@loom/engine';
import { type Json, readFileLiteral } from '@loom/graph';
import { X } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { type FileForm, FilePicker, useKeptFiles } from './FilePicker.js';
import { WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

/** A session knows as many by name. */
const MAX_FILES = 1_000;

interface FilesFieldProps extends PortWidgetProps {
  readonly as: FileForm;
}

/** Chooses several files, in an order: what is chosen or dropped comes after what is there. */
export function FilesField(props: FilesFieldProps): ReactNode {
  const { value, onChange, readOnly, inputId, label, as, inlineFileBytes } = props;
  const messages = useMessages();
  const { fault, say, keep } = useKeptFiles(as, inlineFileBytes);
  const items = Array.isArray(value) ? (value as readonly Json[]) : [];
  const missing = items.find((item) => !isFileAtHand(item));
  const missingName = readFileLiteral(missing)?.name;
  const problem = fault ?? (missingName === undefined ? undefined : messages.fileMissing(missingName));

  async function choose(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    if (items.length + files.length > MAX_FILES) return say(messages.problemTooLarge(MAX_FILES));
    const literals = await keep(files);
    if (literals !== undefined) onChange(withFiles(items, literals));
  }

  function remove(event: MouseEvent, index: number): void {
    say(undefined);
    onChange(items.filter((_, at) => at !== index));
    // Its button goes with the file.
    event.currentTarget.ownerDocument.getElementById(inputId)?.focus();
  }

  return (
    <WidgetFrame {...props} kind="files" problem={problem} clearable onReset={() => say(undefined)}>
      <div className="loom-widget-files">
        <ul aria-label={label}>
          {items.map((item, index) => {
            const { name, size } = readFileLiteral(item) ?? { name: JSON.stringify(item), size: undefined };
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file may be there twice, and a row has no state
              <li key={index}>
                <span>{name}</span>
                {size === undefined ? null : <small>{messages.previewBytes(size)}</small>}
                {readOnly ? null : (
                  <button
                    type="button"
                    className="loom-icon-button"
                    aria-label={messages.fileRemove(name)}
                    onClick={(event) => remove(event, index)}
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
        <FilePicker {...props} multiple problem={problem} onFiles={choose} text={messages.fileAdd} />
      </div>
    </WidgetFrame>
  );
}

/** The list with more files: those that were asked for again are where they were, the others come last. */
function withFiles(items: readonly Json[], added: readonly Json[]): readonly Json[] {
  const left = [...added];
  const known = items.map((item) => {
    const { name } = readFileLiteral(item) ?? {};
    const index = isFileAtHand(item) ? -1 : left.findIndex((each) => readFileLiteral(each)?.name === name);
    return index < 0 ? item : (left.splice(index, 1)[0] ?? item);
  });
  return [...known, ...left];
}
