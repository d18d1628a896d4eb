import { type Json, LoomError } from '@loom/graph';
import type { Schema } from '@loom/graph/schema';
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { CustomWidgets, PortWidgetProps } from '../widgets/widget-props.js';

/** A value with its place in a form. */
export interface FormFieldProps {
  /** The id of the first field that this is edited with. */
  readonly id: string;
  /** Undefined where the surroundings name it. */
  readonly title: string | undefined;
  /** Names it for people who cannot see where it stands. */
  readonly label: string;
  /** With references followed. */
  readonly schema: Schema;
  readonly value: Json | undefined;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly depth: number;
  readonly onChange: (value: Json) => void;
  readonly onClear: () => void;
}

/** What the fields of one form share. */
export interface FormContextValue {
  readonly root: Schema;
  readonly custom: CustomWidgets | undefined;
  /** Edits what has no parts. */
  readonly Leaf: ComponentType<PortWidgetProps>;
  /** Shows the whole value as JSON. */
  readonly editText: () => void;
  /** Fields hold fields; this breaks the circle. */
  readonly renderField: (props: FormFieldProps) => ReactNode;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

/** The form around. */
export function useForm(): FormContextValue {
  const form = useContext(FormContext);
  if (form === undefined) throw new LoomError('editor/no-form', 'This field belongs into a form.');
  return form;
}
