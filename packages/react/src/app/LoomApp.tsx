import type { Engine } from '@loom/engine';
import type { FlowDocument, Json } from '@loom/graph';
import { type CSSProperties, type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { StoreProvider } from '../hooks/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useStableRecord } from '../hooks/useStableRecord.js';
import { type Messages, MessagesProvider, useMessages } from '../messages/messages.js';
import { LoomQuestions } from '../parts/LoomQuestions.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import type { LoomStore } from '../store/loom-store.js';
import type { CustomWidgets } from '../widgets/widget-props.js';
import { AppForm } from './AppForm.js';
import { AppResults } from './AppResults.js';
import { appPorts, inputProblem } from './app-ports.js';
import { type AppValues, useAppRun, useAppStore } from './useAppRun.js';

/** Props of {@link LoomApp}. */
export interface LoomAppProps {
  readonly document: FlowDocument;
  readonly engine: Engine;
  /** Values by promoted input to start with. What is not here takes the default of the flow. Read once. */
  readonly defaultValues?: AppValues | undefined;
  /** Called with every change of a field. */
  readonly onValuesChange?: ((values: AppValues) => void) | undefined;
  /**
   * Whether a change of a field runs the flow, once one pauses. Opening never does. @default what the flow says
   * (`settings.mode`)
   */
  readonly auto?: boolean | undefined;
  /** Title and description of the flow above the form. @default true */
  readonly header?: boolean | undefined;
  /** @default 'light' */
  readonly theme?: 'light' | 'dark' | 'system' | undefined;
  /** Texts that replace the English ones. */
  readonly messages?: Partial<Messages> | undefined;
  /** Views of the app by MIME type; they come before the built-in ones. */
  readonly previews?: PreviewRenderers | undefined;
  /** Fields by the `name` of `{kind: 'custom'}`. */
  readonly widgets?: CustomWidgets | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}

/**
 * A flow as an app: a form of its promoted inputs, and its results. The same document as in the editor, without the
 * editor. Import `@loom/react/styles.css` once. Opening it runs nothing.
 *
 * @example
 * ```tsx
 * import { LoomApp } from '@loom/react/app';
 *
 * <LoomApp document={loan} engine={engine} defaultValues={{ years: 10 }} />
 * ```
 */
export function LoomApp(props: LoomAppProps): ReactNode {
  const store = useAppStore(props.document, props.engine);
  const messages = useStableRecord(props.messages);
  return (
    <MessagesProvider messages={messages}>
      <StoreProvider store={store}>
        <App {...props} store={store} />
      </StoreProvider>
    </MessagesProvider>
  );
}

function App({ store, ...props }: LoomAppProps & { readonly store: LoomStore }): ReactNode {
  const { document, engine, header = true, theme = 'light', className, style } = props;
  const id = useId();
  const messages = useMessages();
  const previews = useStableRecord(props.previews);
  const widgets = useStableRecord(props.widgets);
  const onValuesChange = useLatest(props.onValuesChange);
  const [values, setValues] = useState<AppValues>(() => props.defaultValues ?? {});
  const ports = useMemo(() => appPorts(document, engine.library), [document, engine]);
  const known = useStableRecord(useMemo(() => knownValues(values, ports.inputs), [values, ports]));
  const isBlocked = ports.inputs.some(({ port }) => inputProblem(port, known[port.id]) !== undefined);
  const auto = props.auto ?? document.settings.mode === 'auto';
  const { run, ranWith } = useAppRun({ store, ports, values: known, auto, isBlocked });

  const change = useCallback(
    (name: string, value: Json | undefined) => {
      const { [name]: _before, ...rest } = values;
      const next = value === undefined ? rest : { ...rest, [name]: value };
      setValues(next);
      onValuesChange.current?.(next);
    },
    [values, onValuesChange],
  );

  return (
    <section
      className={className === undefined ? 'loom loom-app' : `loom loom-app ${className}`}
      style={style}
      data-theme={theme}
      aria-label={document.title ?? messages.untitled}
    >
      {header ? (
        <header className="loom-app-header">
          <h2>{document.title ?? messages.untitled}</h2>
          {document.description === undefined ? null : <p>{document.description}</p>}
        </header>
      ) : null}
      <div className="loom-app-body">
        <AppForm id={id} inputs={ports.inputs} values={known} onChange={change} onRun={run} widgets={widgets} />
        <AppResults
          inputs={ports.inputs}
          outputs={ports.outputs}
          isOld={ranWith !== undefined && ranWith !== known}
          previews={previews}
        />
      </div>
      <LoomQuestions />
    </section>
  );
}

/** Those values that the flow still has an input for. */
function knownValues(values: AppValues, inputs: ReturnType<typeof appPorts>['inputs']): AppValues {
  return Object.fromEntries(
    inputs.flatMap(({ port }) => {
      const value = Object.hasOwn(values, port.id) ? values[port.id] : undefined;
      return value === undefined ? [] : [[port.id, value]];
    }),
  );
}
