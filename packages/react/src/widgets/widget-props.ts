import type { InputPort, Json } from '@loom/graph';
import type { ComponentType } from 'react';

/** Props of `PortWidget`, and of the widgets that an app adds. */
export interface PortWidgetProps {
  readonly port: InputPort;
  /** The literal; `undefined` means absent, everything else is a value. */
  readonly value: Json | undefined;
  /** Called while typing, with values that fit only. */
  readonly onChange: (value: Json) => void;
  /** Makes the literal absent again. */
  readonly onClear: () => void;
  readonly readOnly?: boolean | undefined;
  readonly inputId: string;
  /** Names the field for people who cannot see it. */
  readonly label: string;
  /** Widgets of the app by the `name` of `{kind: 'custom'}`. */
  readonly custom?: CustomWidgets | undefined;
  /** What is wrong with the value beyond its type; shown unless the field itself has something to say. */
  readonly fault?: string | undefined;
  /** There is room for one line: what needs more opens beside it. @default false */
  readonly compact?: boolean | undefined;
  /** A file up to this many bytes is written into the flow. @default 0 */
  readonly inlineFileBytes?: number | undefined;
}

/** Widgets of the app by name. */
export type CustomWidgets = Readonly<Record<string, ComponentType<PortWidgetProps>>>;
