import { type ReactNode, useEffect, useId, useState } from 'react';
import { parseNumber } from '../../widgets/number-text.js';

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
  const parsed = parseNumber(text, { integer: true, min });
  const isWrong = text.trim() !== '' && !parsed.ok;
  return (
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
        aria-invalid={isWrong}
        onChange={({ target }) => {
          setText(target.value);
          const next = parseNumber(target.value, { integer: true, min });
          if (target.value.trim() === '') onChange(undefined);
          else if (next.ok) onChange(next.value);
        }}
        onBlur={() => setText(stored)}
      />
    </div>
  );
}
