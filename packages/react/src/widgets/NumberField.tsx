import type { Json } from '@loom/graph';
import type { KeyboardEvent, ReactNode } from 'react';
import { type Messages, useMessages } from '../messages/messages.js';
import { type NumberLimits, type NumberProblem, parseNumber, stepNumber } from './number-text.js';
import { placeholderFor } from './placeholder.js';
import { type Reading, useDraft } from './useDraft.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface NumberFieldProps extends PortWidgetProps, NumberLimits {
  readonly step?: number | undefined;
  readonly unit?: string | undefined;
}

// Shift takes big steps and Alt small ones, as in drawing programs.
const BIG = 10;
const SMALL = 0.1;

/** A text field for numbers: accepts what people type, steps with the arrow keys. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label, integer, min, max, step = 1 } = props;
  const messages = useMessages();
  const limits = { integer, min, max };
  const draft = useDraft({ value, format: formatNumber, read, onChange, onClear });
  // A file can hold anything: a text in a number field is shown as it is, with what is wrong.
  const problem = draft.problem ?? problemOfStored() ?? props.fault;

  function read(text: string): Reading {
    if (text.trim() === '')
      return port.required ? { kind: 'problem', message: withKept(messages.problemNeeded) } : { kind: 'absent' };
    const parsed = parseNumber(text, limits);
    if (parsed.ok) return { kind: 'value', value: parsed.value };
    return { kind: 'problem', message: withKept(wordsFor(parsed.problem, limits, messages)) };
  }

  function withKept(message: string): string {
    return value === undefined ? message : `${message} ${messages.problemStillUsed(formatNumber(value))}`;
  }

  function problemOfStored(): string | undefined {
    if (draft.isEditing || value === undefined || value === null) return undefined;
    if (typeof value !== 'number') return messages.problemNotANumber;
    const parsed = parseNumber(String(value), limits);
    return parsed.ok ? undefined : wordsFor(parsed.problem, limits, messages);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    draft.restoreOnEscape(event);
    if (event.key === 'Enter') {
      draft.settle();
    } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && !readOnly) {
      event.preventDefault();
      const scale = event.shiftKey ? BIG : event.altKey && !integer ? SMALL : 1;
      const delta = (event.key === 'ArrowUp' ? 1 : -1) * stepNumber(0, step * scale, { integer: false });
      draft.type(String(stepNumber(startOf(value ?? port.default, min), delta, limits)));
    }
  }

  return (
    <WidgetFrame {...props} kind="number" problem={problem}>
      <input
        id={inputId}
        className="loom-input loom-widget-number nodrag"
        type="text"
        role="spinbutton"
        inputMode={integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        readOnly={readOnly}
        aria-label={label}
        aria-valuenow={typeof value === 'number' ? value : undefined}
        aria-valuetext={draft.text || undefined}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        placeholder={value === null ? messages.noneValue : placeholderFor(port, messages, formatNumber)}
        value={draft.text}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.settle}
        onKeyDown={onKeyDown}
      />
    </WidgetFrame>
  );
}

function formatNumber(value: Json): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

function startOf(value: Json | undefined, min: number | undefined): number {
  return typeof value === 'number' ? value : Math.max(0, min ?? 0);
}

function wordsFor(problem: NumberProblem, { min = 0, max = 0 }: NumberLimits, messages: Messages): string {
  switch (problem) {
    case 'not-a-number':
      return messages.problemNotANumber;
    case 'decimal-comma':
      return messages.problemDecimalComma;
    case 'not-finite':
      return messages.problemNotFinite;
    case 'not-an-integer':
      return messages.problemNotAnInteger;
    case 'not-exact':
      return messages.problemNotExact;
    case 'too-small':
      return messages.problemTooSmall(min);
    case 'too-large':
      return messages.problemTooLarge(max);
  }
}
