import type { InputPort, NodeId } from '@loom/graph';
import { type ReactNode, useEffect, useRef } from 'react';
import { InputWidget } from '../editor/InputWidget.js';

/** Props of {@link OutlineField}. */
export interface OutlineFieldProps {
  readonly node: NodeId;
  readonly port: InputPort;
  /** Enter, Escape, or focus has left. `back` tells whether the tree should have the focus again. */
  readonly onDone: (back: boolean) => void;
}

/** The field for the value of an input, in its row. Has the focus from the start. */
export function OutlineField({ node, port, onDone }: OutlineFieldProps): ReactNode {
  const field = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const control = field.current?.querySelector<HTMLElement>('input, textarea, select, button');
    control?.focus();
    if (control instanceof HTMLInputElement && control.type !== 'checkbox' && control.type !== 'range')
      control.select();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears when the field in it is done
    <span
      ref={field}
      className="loom-outline-field nokey"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onDone(false);
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.defaultPrevented) return;
        const isOver =
          event.key === 'Escape' ||
          (event.key === 'Enter' && !event.shiftKey && !(event.target instanceof HTMLButtonElement));
        if (!isOver) return;
        event.preventDefault();
        event.stopPropagation();
        onDone(true);
      }}
    >
      <InputWidget id={node} port={port} readOnly={false} place="outline" />
    </span>
  );
}
