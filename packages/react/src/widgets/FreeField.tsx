import { describePortType, type Json } from '@loom/graph';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { fits } from './fits.js';
import { formatFreeText, parseFreeText } from './free-text.js';
import { GrowingText } from './GrowingText.js';
import { placeholderFor } from './placeholder.js';
import { type Reading, useDraft } from './useDraft.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

/** A field for inputs that take several kinds of value. A word beside it says what the text was read as. */
export function FreeField(props: PortWidgetProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label } = props;
  const messages = useMessages();
  const draft = useDraft({ value, format, read, onChange, onClear });
  const problem = draft.problem ?? (value !== undefined && !fits(value, port.type) ? misfitWords() : props.fault);

  function format(literal: Json): string {
    return formatFreeText(literal, port.type);
  }

  function misfitWords(): string {
    return messages.problemType(describePortType(port.type));
  }

  function read(text: string): Reading {
    const parsed = parseFreeText(text, port.type);
    if (parsed.ok) return { kind: 'value', value: parsed.value };
    if (text.trim() === '' && !port.required) return { kind: 'absent' };
    return { kind: 'problem', message: misfitWords() };
  }

  return (
    <WidgetFrame {...props} kind="free" problem={problem} clearable onReset={draft.settle}>
      <GrowingText
        id={inputId}
        text={draft.text}
        minRows={1}
        readOnly={readOnly}
        aria-label={label}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={[`${inputId}-kind`, problem === undefined ? '' : problemId(inputId)].join(' ').trim()}
        placeholder={value === '' ? messages.emptyText : placeholderFor(port, messages, format)}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.settle}
        onKeyDown={draft.restoreOnEscape}
      />
      <span className="loom-widget-kind" id={`${inputId}-kind`}>
        {value === undefined ? '' : messages.valueKind(kindOf(value))}
      </span>
    </WidgetFrame>
  );
}

function kindOf(value: Json): 'text' | 'number' | 'bool' | 'none' | 'json' {
  if (value === null) return 'none';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'bool' : 'json';
}
