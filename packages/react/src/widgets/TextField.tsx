import type { Json } from '@loom/graph';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { GrowingText } from './GrowingText.js';
import { placeholderFor } from './placeholder.js';
import { useDraft } from './useDraft.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface TextFieldProps extends PortWidgetProps {
  readonly multiline: boolean;
  readonly placeholder?: string | undefined;
}

/**
 * Text as it stands: nothing is trimmed or read as a number, and the empty text is a value. Without `multiline` Enter
 * ends editing, yet line breaks that are in the value (pasted, or from the file) are kept and shown.
 */
export function TextField(props: TextFieldProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label, multiline, placeholder } = props;
  const messages = useMessages();
  const draft = useDraft({
    value,
    format: formatText,
    read: (text) => ({ kind: 'value', value: text }),
    onChange,
    onClear,
  });
  const isText = value === undefined || value === null || typeof value === 'string';
  const problem = isText || draft.isEditing ? props.fault : messages.problemType('string');

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    draft.restoreOnEscape(event);
    if (event.key === 'Enter' && !multiline && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      draft.settle();
    }
  }

  return (
    <WidgetFrame {...props} kind="text" problem={problem} clearable onReset={draft.settle}>
      <GrowingText
        id={inputId}
        text={draft.text}
        minRows={multiline ? 2 : 1}
        readOnly={readOnly}
        aria-label={label}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        placeholder={
          value === ''
            ? messages.emptyText
            : value === null
              ? messages.noneValue
              : (placeholder ?? placeholderFor(port, messages, formatText))
        }
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.settle}
        onKeyDown={onKeyDown}
      />
    </WidgetFrame>
  );
}

function formatText(value: Json): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
