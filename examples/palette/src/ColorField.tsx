import type { PortWidgetProps } from '@loom/react';
import type { ReactNode } from 'react';

/** The field of inputs that ask for `{ kind: 'custom', name: 'color' }`, on nodes and in the inspector. */
export function ColorField({ value, port, onChange, readOnly, inputId, label }: PortWidgetProps): ReactNode {
  const color = String(value ?? port.default ?? '#888888');
  return (
    <span className="color-field">
      <input
        id={inputId}
        type="color"
        aria-label={label}
        value={color}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      <code>{color}</code>
    </span>
  );
}
