import type { Json, SelectOption } from '@loom/graph';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

interface SelectFieldProps extends PortWidgetProps {
  readonly options: readonly SelectOption[];
}

// Options are told apart by their place: `1` and `"1"` may both be choices.
const ABSENT = 'absent';
const FOREIGN = 'foreign';

/** A list of choices. The first entry is the default (absent); a value of the file that is no choice stays visible. */
export function SelectField(props: SelectFieldProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label, options } = props;
  const messages = useMessages();
  const index = options.findIndex((option) => option.value === value);
  const isForeign = value !== undefined && index === -1;
  const selected = value === undefined ? ABSENT : isForeign ? FOREIGN : String(index);
  const problem = isForeign ? messages.notAChoice(titleOf(value)) : props.fault;
  const canBeAbsent = !port.required || value === undefined;

  function titleOf(choice: Json): string {
    const title = options.find((option) => option.value === choice)?.title;
    if (title !== undefined) return title;
    return choice === null ? messages.noneValue : typeof choice === 'string' ? choice : JSON.stringify(choice);
  }

  function choose(key: string): void {
    const option = options[Number(key)];
    if (key === ABSENT) onClear();
    else if (option) onChange(option.value);
  }

  return (
    <WidgetFrame {...props} kind="select" problem={problem}>
      <select
        id={inputId}
        className="loom-input nodrag"
        aria-label={label}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        disabled={readOnly}
        value={selected}
        onChange={(event) => choose(event.target.value)}
      >
        {canBeAbsent && (
          <option value={ABSENT}>
            {port.default === undefined ? messages.choose : messages.defaultChoice(titleOf(port.default))}
          </option>
        )}
        {isForeign && <option value={FOREIGN}>{titleOf(value)}</option>}
        {options.map((option, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options have no id but their place, and never move alone
          <option key={place} value={place}>
            {titleOf(option.value)}
          </option>
        ))}
      </select>
    </WidgetFrame>
  );
}
