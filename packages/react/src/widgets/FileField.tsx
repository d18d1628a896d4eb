import { isFileAtHand } from '@loom/engine';
import { readFileLiteral } from '@loom/graph';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { type FileForm, FilePicker, useKeptFiles } from './FilePicker.js';
import { WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface FileFieldProps extends PortWidgetProps {
  readonly as: FileForm;
}

/** Chooses a file, by a dialog or by dropping it here. The flow keeps its name; the file itself belongs to the session. */
export function FileField(props: FileFieldProps): ReactNode {
  const { value, onChange, as, inlineFileBytes } = props;
  const messages = useMessages();
  const { fault, say, keep } = useKeptFiles(as, inlineFileBytes);
  const entry = readFileLiteral(value);
  const isMissing = value !== undefined && entry !== undefined && !isFileAtHand(value);
  const problem = fault ?? (isMissing ? messages.fileMissing(entry.name) : undefined);

  async function choose(files: readonly File[]): Promise<void> {
    const [literal] = (await keep(files)) ?? [];
    if (literal !== undefined) onChange(literal);
  }

  return (
    <WidgetFrame {...props} kind="file" problem={problem} clearable onReset={() => say(undefined)}>
      <FilePicker
        {...props}
        problem={problem}
        onFiles={choose}
        text={entry?.name ?? messages.fileChoose}
        note={entry && messages.previewBytes(entry.size)}
      />
    </WidgetFrame>
  );
}
