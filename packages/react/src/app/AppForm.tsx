import { describePortType, type Json, type NodeId } from '@loom/graph';
import { Play, Square } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { RunStatus } from '../editor/RunStatus.js';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { PortWidget } from '../widgets/PortWidget.js';
import type { CustomWidgets } from '../widgets/widget-props.js';
import { type AppInput, inputProblem } from './app-ports.js';
import type { AppValues } from './useAppRun.js';

/** Props of {@link AppForm}. */
export interface AppFormProps {
  readonly id: string;
  readonly inputs: readonly AppInput[];
  readonly values: AppValues;
  readonly onChange: (name: string, value: Json | undefined) => void;
  readonly onRun: () => void;
  readonly widgets: CustomWidgets | undefined;
}

/** The inputs of a flow as fields, and what starts and stops it. */
export function AppForm({ id, inputs, values, onChange, onRun, widgets }: AppFormProps): ReactNode {
  const store = useLoomStore();
  const messages = useMessages();
  const running = useLoom((state) => state.runs.running);
  // What is missing is not an error before someone wanted to run.
  const [asked, setAsked] = useState(false);

  function submit(form: HTMLFormElement): void {
    setAsked(true);
    // What a form of a schema says is wrong only its fields know.
    const marked = form.querySelector<HTMLElement>('.loom-form [aria-invalid="true"]');
    if (marked !== null) {
      marked.focus();
      return;
    }
    const faulty = inputs.find(({ port }) => inputProblem(port, values[port.id]) !== undefined);
    if (faulty === undefined) onRun();
    else window.document.getElementById(fieldId(id, faulty))?.focus();
  }

  return (
    <form
      className="loom-app-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      {inputs.map((input) => (
        <Field
          key={input.port.id}
          {...{ id, input, values, onChange, widgets, asked }}
          isAlone={inputs.every((other) => other === input || other.node !== input.node)}
        />
      ))}
      <div className="loom-app-actions">
        <button type="submit" className="loom-button loom-button-primary">
          <Play size={14} aria-hidden="true" />
          {messages.run}
        </button>
        {running ? (
          <button type="button" className="loom-button loom-button-outline" onClick={() => store.stop()}>
            <Square size={13} aria-hidden="true" />
            {messages.stop}
          </button>
        ) : null}
        <RunStatus />
      </div>
    </form>
  );
}

interface FieldProps extends Omit<AppFormProps, 'inputs' | 'onRun'> {
  readonly input: AppInput;
  readonly asked: boolean;
  /** No other input goes to the same node: when that one fails, it is this value. */
  readonly isAlone: boolean;
}

function Field({ id, input, values, onChange, widgets, asked, isAlone }: FieldProps): ReactNode {
  const messages = useMessages();
  const { port, node } = input;
  const value = values[port.id];
  const problem = inputProblem(port, value);
  const fault = useNodeFault(isAlone ? node : undefined);
  const inputId = fieldId(id, input);
  return (
    <div className="loom-app-field">
      <label htmlFor={inputId}>
        {port.title}
        {port.required && port.default === undefined ? (
          <span className="loom-app-needed" title={messages.nodeRequired} aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      <PortWidget
        port={port}
        value={value}
        onChange={(next) => onChange(port.id, next)}
        onClear={() => onChange(port.id, undefined)}
        inputId={inputId}
        label={port.title}
        custom={widgets}
      />
      {port.help === undefined ? null : <p className="loom-app-help">{port.help}</p>}
      {problem === 'needed' && asked ? (
        <p className="loom-app-problem" role="alert">
          {messages.appNeeded(port.title)}
        </p>
      ) : problem === 'unfit' ? (
        <p className="loom-app-problem" role="alert">
          {messages.problemType(describePortType(port.type))}
        </p>
      ) : fault === undefined ? null : (
        <p className="loom-app-problem">{fault}</p>
      )}
    </div>
  );
}

/** Why the node that takes an input failed. */
function useNodeFault(node: NodeId | undefined): string | undefined {
  return useLoom(({ runs }) => {
    const state = node === undefined ? undefined : runs.run.nodes.get(node);
    return state?.status === 'error' ? state.error.message : undefined;
  });
}

function fieldId(id: string, { port }: AppInput): string {
  return `${id}-input-${port.id}`;
}
