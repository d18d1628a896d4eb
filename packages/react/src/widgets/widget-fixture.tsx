import { type InputPort, type Json, parsePortType } from '@loom/graph';
import { type ReactNode, StrictMode, useState } from 'react';
import { vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { PortWidget } from './PortWidget.js';

export const onChange = vi.fn<(value: Json) => void>();
export const onClear = vi.fn<() => void>();
let setValueOf: (value: Json | undefined) => void;

function Host({ port, start, readOnly }: { port: InputPort; start: Json | undefined; readOnly: boolean }): ReactNode {
  const [value, setValue] = useState(start);
  setValueOf = setValue;
  return (
    <div className="loom" style={{ width: 220 }}>
      <PortWidget
        port={port}
        value={value}
        onChange={(next) => {
          onChange(next);
          setValue(next);
        }}
        onClear={() => {
          onClear();
          setValue(undefined);
        }}
        readOnly={readOnly}
        inputId="field"
        label="Field"
      />
      <output>{value === undefined ? 'absent' : JSON.stringify(value)}</output>
    </div>
  );
}

/** Draws the widget of a port in a parent that takes every change over, as an editor does. */
export async function show(type: string, start?: Json, rest: Partial<InputPort> = {}, readOnly = false) {
  const port: InputPort = { id: 'x', title: 'x', type: parsePortType(type), required: false, ...rest };
  await render(
    <StrictMode>
      <Host port={port} start={start} readOnly={readOnly} />
    </StrictMode>,
  );
  return { field: page.getByLabelText('Field').first() };
}

/** The value that the parent holds, as JSON. */
export const held = (): string | null | undefined => document.querySelector('output')?.textContent;
/** What the widget says is wrong. */
export const problem = (): string | null | undefined => document.querySelector('.loom-widget-problem')?.textContent;

/** Gives the parent another value, as undo does. */
export function setFromOutside(value: Json | undefined): void {
  setValueOf(value);
}

/** Between tests. */
export function forgetCalls(): void {
  onChange.mockClear();
  onClear.mockClear();
}
