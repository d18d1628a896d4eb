import { type ReactNode, useEffect, useId, useState } from 'react';
import { useMessages } from '../../messages/messages.js';
import { type NumberProblem, parseNumber } from '../../widgets/number-text.js';

/** Props of {@link CountSetting}. */
export interface CountSettingProps {
  readonly label: string;
  /** Undefined means that nothing is set. */
  readonly value: number | undefined;
  /** What holds when nothing is set, for people. */
  readonly placeholder: string;
  readonly min: number;
  readonly readOnly: boolean;
  readonly onChange: (value: number | undefined) => void;
}

/** A labelled whole number that may be left out. What is no number is not taken, and the field says so. */
export function CountSetting({ label, value, placeholder, min, readOnly, onChange }: CountSettingProps): ReactNode {
  const id = useId();
  const stored = value === undefined ? '' : String(value);
  const [text, setText] = useState(stored);
  // Undo, and other people, change it from outside.
  useEffect(() => setText(stored), [stored]);
  const messages = useMessages();
  const parsed = parseNumber(text, { integer: true, min });
  const fault = text.trim() === '' || parsed.ok ? undefined : faultText(parsed.problem);

  function faultText(problem: NumberProblem): string {
    if (problem === 'too-small') return messages.problemTooSmall(min);
    return problem === 'not-a-number' ? messages.problemNotANumber : messages.problemNotAnInteger;
  }

  return (
    <>
      <div className="loom-setting loom-setting-row">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className="loom-input"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          placeholder={placeholder}
          readOnly={readOnly}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          onChange={({ target }) => {
            setText(target.value);
            const next = parseNumber(target.value, { integer: true, min });
            if (target.value.trim() === '') onChange(undefined);
            else if (next.ok) onChange(next.value);
          }}
          // What is wrong stays, with what is wrong about it.
          onBlur={() => {
            if (fault === undefined) setText(stored);
          }}
        />
      </div>
      {/* Always there, so that screen readers announce what appears in it. */}
      <div className="loom-widget-problem" id={`${id}-fault`} role="status">
        {fault}
      </div>
    </>
  );
}
