import { type ReactNode, useId } from 'react';

/** Props of {@link ChoiceSetting}. */
export interface ChoiceSettingProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** Names by value, in the order in which they are offered. */
  readonly names: Readonly<Record<Value, string>>;
  readonly readOnly: boolean;
  readonly onChange: (value: Value) => void;
}

/** A labelled choice among a few. */
export function ChoiceSetting<Value extends string>(props: ChoiceSettingProps<Value>): ReactNode {
  const { label, value, names, readOnly, onChange } = props;
  const id = useId();
  return (
    <div className="loom-setting loom-setting-row">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="loom-input"
        value={value}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {Object.entries<string>(names).map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
