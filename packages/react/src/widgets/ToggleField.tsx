import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

/** A switch. While nothing is set it shows the default, paler. */
export function ToggleField(props: PortWidgetProps): ReactNode {
  const { port, value, onChange, readOnly, inputId, label } = props;
  const messages = useMessages();
  const isOn = (value ?? port.default) === true;
  const problem =
    value === undefined || value === null || typeof value === 'boolean' ? props.fault : messages.problemType('bool');
  return (
    <WidgetFrame {...props} kind="toggle" problem={problem} clearable>
      <button
        type="button"
        id={inputId}
        role="switch"
        className="loom-widget-switch nodrag"
        aria-checked={isOn}
        aria-label={label}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        disabled={readOnly}
        onClick={() => onChange(!isOn)}
      >
        <span className="loom-widget-switch-track" aria-hidden="true" />
        <span className="loom-widget-switch-word" aria-hidden="true">
          {isOn ? messages.toggleOn : messages.toggleOff}
        </span>
      </button>
    </WidgetFrame>
  );
}
