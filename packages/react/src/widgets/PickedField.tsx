import type { Json } from '@loom/graph';
import { CalendarDays, Clock } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PickedWidget } from './choose-widget.js';
import { fromPicker, readPicked, stepPicked, toPicker } from './picked-text.js';
import { placeholderFor } from './placeholder.js';
import { type Reading, useDraft } from './useDraft.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface PickedFieldProps extends PortWidgetProps, Omit<PickedWidget, 'zone'> {
  readonly zone?: boolean | undefined;
}

const PICKERS = { date: 'date', time: 'time', 'date-time': 'datetime-local', color: 'color' } as const;

const EXAMPLES = { date: '2026-11-20', time: '09:30', 'date-time': '2026-11-20T09:30:00Z', color: '#1c8046' };

/** A date, a time or a colour as text, with the picker of the browser beside it. */
export function PickedField(props: PickedFieldProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label, kind, zone = false } = props;
  const messages = useMessages();
  const picker = useRef<HTMLInputElement>(null);
  const problemText = messages.problemPicked(kind, EXAMPLES[kind]);
  const draft = useDraft({ value, format: formatText, read, onChange, onClear });
  const text = typeof value === 'string' ? value : typeof port.default === 'string' ? port.default : '';
  const isKnown = value === undefined || value === null || readPicked(kind, formatText(value), zone) !== undefined;
  const problem = draft.problem ?? (isKnown ? props.fault : problemText);

  function read(written: string): Reading {
    if (written.trim() === '')
      return port.required ? { kind: 'problem', message: messages.problemNeeded } : { kind: 'absent' };
    const known = readPicked(kind, written, zone);
    return known === undefined ? { kind: 'problem', message: problemText } : { kind: 'value', value: known };
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    draft.restoreOnEscape(event);
    if (event.key === 'Enter') draft.settle();
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || readOnly || event.altKey) return;
    const next = stepPicked(kind, draft.text || text, event.key === 'ArrowUp' ? 1 : -1);
    if (next === undefined) return;
    event.preventDefault();
    draft.type(next);
  }

  const Icon = kind === 'time' ? Clock : CalendarDays;
  const pickLabel = messages.pickValue(label);
  const native = (
    <input
      ref={picker}
      type={PICKERS[kind]}
      className={kind === 'color' ? 'loom-widget-swatch nodrag' : 'loom-widget-picker'}
      aria-label={pickLabel}
      title={kind === 'color' ? pickLabel : undefined}
      // A date is picked with the button before it: the browser's own field would say everything twice.
      tabIndex={kind === 'color' ? undefined : -1}
      aria-hidden={kind === 'color' ? undefined : true}
      step={kind === 'color' || kind === 'date' ? undefined : 1}
      disabled={readOnly}
      value={toPicker(kind, draft.text || text)}
      onChange={(event) => {
        if (event.target.value !== '') draft.type(fromPicker(kind, event.target.value, draft.text || text, zone));
      }}
    />
  );
  return (
    <WidgetFrame {...props} kind={kind} problem={problem} clearable onReset={draft.settle}>
      {kind === 'color' ? native : null}
      <input
        id={inputId}
        className="loom-input nodrag"
        type="text"
        autoComplete="off"
        spellCheck={false}
        readOnly={readOnly}
        aria-label={label}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        placeholder={value === null ? messages.noneValue : placeholderFor(port, messages, formatText)}
        value={draft.text}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.settle}
        onKeyDown={onKeyDown}
      />
      {kind === 'color' ? null : (
        <span className="loom-widget-pick">
          <button
            type="button"
            className="loom-icon-button nodrag"
            aria-label={pickLabel}
            title={pickLabel}
            disabled={readOnly}
            onClick={() => picker.current?.showPicker()}
          >
            <Icon size={13} aria-hidden="true" />
          </button>
          {native}
        </span>
      )}
    </WidgetFrame>
  );
}

function formatText(value: Json): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
