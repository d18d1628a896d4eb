import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import type { PortWidgetProps } from './widget-props.js';

interface WidgetFrameProps
  extends Pick<PortWidgetProps, 'port' | 'value' | 'onClear' | 'readOnly' | 'inputId' | 'label'> {
  readonly kind: string;
  /** What is wrong with the text in the field. */
  readonly problem?: string | undefined;
  /** Whether the field needs a button to become absent: in some, emptying it is enough. */
  readonly clearable?: boolean;
  /** Stands behind the field, such as `mm`. */
  readonly unit?: string | undefined;
  /** Called beside `onClear`, so that a half-typed text goes too. */
  readonly onReset?: () => void;
  readonly children: ReactNode;
}

/** What all widgets share: no drags of the canvas, a button back to the default, and the problem below. */
export function WidgetFrame(props: WidgetFrameProps): ReactNode {
  const {
    port,
    value,
    onClear,
    readOnly,
    inputId,
    label,
    kind,
    problem,
    clearable = false,
    unit,
    onReset,
    children,
  } = props;
  const messages = useMessages();
  const canClear = clearable && !readOnly && !port.required && value !== undefined;
  const clearLabel = port.default === undefined ? messages.clearInput(label) : messages.resetToDefault(label);
  return (
    <div className="loom-widget nodrag" data-kind={kind} data-absent={value === undefined || undefined}>
      <div className="loom-widget-field">
        {children}
        {unit === undefined ? null : <span className="loom-widget-unit">{unit}</span>}
        {canClear && (
          <button
            type="button"
            className="loom-widget-clear"
            aria-label={clearLabel}
            title={clearLabel}
            onClick={() => {
              onReset?.();
              onClear();
            }}
          >
            <X size={12} aria-hidden="true" />
          </button>
        )}
      </div>
      {/* Always there, so that screen readers announce what appears in it. */}
      <div className="loom-widget-problem" id={problemId(inputId)} role="status">
        {problem}
      </div>
    </div>
  );
}

/** The id of the element that a field with a problem is described by. */
export function problemId(inputId: string): string {
  return `${inputId}-problem`;
}
