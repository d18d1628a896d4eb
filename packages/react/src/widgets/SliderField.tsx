import type { CSSProperties, ReactNode } from 'react';
import { NumberField } from './NumberField.js';
import { stepNumber } from './number-text.js';
import type { PortWidgetProps } from './widget-props.js';

interface SliderFieldProps extends PortWidgetProps {
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit?: string | undefined;
}

/** A slider with a number field beside it, which is the named field; the slider is its quick form. */
export function SliderField(props: SliderFieldProps): ReactNode {
  const { port, value, onChange, readOnly, label, min, max, step, integer } = props;
  const shown = typeof value === 'number' ? value : typeof port.default === 'number' ? port.default : min;
  const filled = max > min ? Math.min(1, Math.max(0, (shown - min) / (max - min))) : 0;
  return (
    <div className="loom-widget-slider nodrag" data-absent={value === undefined || undefined}>
      <input
        type="range"
        className="loom-widget-range nodrag"
        style={{ '--loom-filled': `${filled * 100}%` } as CSSProperties}
        aria-label={label}
        min={min}
        max={max}
        step={step}
        disabled={readOnly}
        value={shown}
        // Zero is added so that what the browser rounds to its own steps loses the noise of binary fractions.
        onChange={(event) => onChange(stepNumber(Number(event.target.value), 0, { integer, min, max }))}
      />
      <NumberField {...props} />
    </div>
  );
}
