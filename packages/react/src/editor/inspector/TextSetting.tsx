import { type ReactNode, useId } from 'react';

/** Props of {@link TextSetting}. */
export interface TextSettingProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly readOnly: boolean;
  readonly multiline?: boolean;
  readonly onChange: (value: string) => void;
}

/** A labelled field for a text of the document. */
export function TextSetting(props: TextSettingProps): ReactNode {
  const { label, value, placeholder, readOnly, multiline = false, onChange } = props;
  const id = useId();
  const shared = {
    id,
    className: 'loom-input',
    value,
    placeholder,
    readOnly,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="loom-setting">
      <label htmlFor={id}>{label}</label>
      {multiline ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
    </div>
  );
}
