import { RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useMessages } from '../../messages/messages.js';
import { hexOfColor } from '../../widgets/hex-of-color.js';

/** Props of {@link ColorSetting}. */
export interface ColorSettingProps {
  readonly label: string;
  /** Undefined for the colour that it has of itself. */
  readonly value: string | undefined;
  /** What it shows then. */
  readonly own?: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (color: string | undefined) => void;
}

/** What a field shows that has no colour: browsers know no empty one. */
const NO_COLOR = '#5b8def';

/** A labelled colour, and the way back to the one that it has of itself. */
export function ColorSetting({ label, value, own = '', readOnly, onChange }: ColorSettingProps): ReactNode {
  const messages = useMessages();
  const id = useId();
  return (
    <div className="loom-setting">
      <label htmlFor={id}>{label}</label>
      <span className="loom-color-setting">
        <input
          id={id}
          type="color"
          className="loom-input"
          value={value ?? hexOfColor(own) ?? NO_COLOR}
          disabled={readOnly}
          onChange={({ target }) => onChange(target.value)}
        />
        {value === undefined || readOnly ? null : (
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.resetToDefault(label)}
            title={messages.resetToDefault(label)}
            onClick={() => onChange(undefined)}
          >
            <RotateCcw size={13} aria-hidden="true" />
          </button>
        )}
      </span>
    </div>
  );
}
