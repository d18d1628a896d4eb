import { Plus, X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useMessages } from '../../messages/messages.js';

/** Props of {@link NamesSetting}. */
export interface NamesSettingProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly readOnly: boolean;
  /** Why a name cannot be added; undefined when it can. */
  readonly problem: (name: string) => string | undefined;
  readonly onChange: (names: readonly string[]) => void;
}

/** A labelled list of names: what a zone gives or carries, the cases of a switch. */
export function NamesSetting({ label, names, readOnly, problem, onChange }: NamesSettingProps): ReactNode {
  const messages = useMessages();
  const id = useId();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const fault = wanted === '' ? undefined : problem(wanted);
  return (
    <fieldset className="loom-setting loom-names">
      <legend>{label}</legend>
      <ul>
        {names.map((each) => (
          <li key={each}>
            <span>{each}</span>
            {readOnly ? null : (
              <button
                type="button"
                className="loom-icon-button"
                aria-label={messages.nameRemove(each)}
                title={messages.nameRemove(each)}
                onClick={() => onChange(names.filter((other) => other !== each))}
              >
                <X size={12} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {readOnly ? null : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted === '' || fault !== undefined) return;
            onChange([...names, wanted]);
            setName('');
          }}
        >
          <input
            className="loom-input"
            aria-label={`${label}: ${messages.nameNew}`}
            placeholder={messages.nameNew}
            value={name}
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-fault`}
            onChange={(event) => setName(event.target.value)}
          />
          <button
            type="submit"
            className="loom-icon-button"
            aria-label={`${label}: ${messages.nameAdd}`}
            title={messages.nameAdd}
          >
            <Plus size={13} aria-hidden="true" />
          </button>
        </form>
      )}
      {/* Always there, so that screen readers announce what appears in it. */}
      <div className="loom-widget-problem" id={`${id}-fault`} role="status">
        {fault}
      </div>
    </fieldset>
  );
}
