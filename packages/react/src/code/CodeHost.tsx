import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useMessages } from '../messages/messages.js';
import { CodeBar } from './CodeBar.js';
import type { CodeEditorProps } from './code-editor-props.js';
import type { CodeView } from './code-view.js';
import type { CodeViewModule } from './useCodeViewModule.js';

interface CodeHostProps extends Omit<CodeEditorProps, 'load'> {
  readonly module: CodeViewModule;
}

const NO_PORTS = { inputs: [], outputs: [] };

/** Holds the editor in the page and tells it what changed. */
export function CodeHost({ module, ...props }: CodeHostProps): ReactNode {
  const { value, language, readOnly = false, problems, errorAt, label, cspNonce, tool, ranSource } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const messages = useMessages();
  const [note, setNote] = useState<string>();
  const [isFormatting, setFormatting] = useState(false);
  const [wantsComparison, setWantsComparison] = useState(false);
  const isChanged = ranSource !== undefined && ranSource !== value;
  const latest = useRef({ ...props, messages, format });

  useLayoutEffect(() => {
    latest.current = { ...props, messages, format };
  });

  useLayoutEffect(() => {
    if (!parent.current) return undefined;
    const { current: first } = latest;
    const created = module.createCodeView({
      parent: parent.current,
      text: first.value,
      language: first.language,
      readOnly: first.readOnly ?? false,
      label: first.label,
      startLine: first.startLine,
      cspNonce,
      syntaxText: first.messages.codeSyntax,
      ports: () => latest.current.ports ?? NO_PORTS,
      onChange: (text, how) => {
        // What was said of formatting was said of another text.
        if (how === 'typed') setNote(undefined);
        latest.current.onChange(text, how);
      },
      onToolFailure: (reason) => setNote(latest.current.messages.codeCheckFailed(reason)),
      onFormatKey: () => latest.current.format(),
    });
    view.current = created;
    return () => {
      view.current = null;
      created.destroy();
    };
  }, [module, cspNonce]);

  // After every render, because a parent may answer with the very text that it had.
  useEffect(() => view.current?.setText(value));
  useEffect(() => view.current?.setLanguage(language), [language]);
  useEffect(() => view.current?.setReadOnly(readOnly), [readOnly]);
  useEffect(() => view.current?.setLabel(label), [label]);
  useEffect(() => view.current?.setProblems(problems ?? []), [problems]);
  useEffect(() => view.current?.setRunError(errorAt), [errorAt]);
  useEffect(() => view.current?.setTool(tool), [tool]);
  const earlier = wantsComparison && isChanged ? ranSource : undefined;
  useEffect(() => view.current?.compareWith(earlier), [earlier]);

  function format(): void {
    const { current: at } = view;
    if (at === null || tool?.format === undefined || readOnly || isFormatting) return;
    setFormatting(true);
    setNote(undefined);
    void at.format(tool).then((outcome) => {
      setFormatting(false);
      if (outcome.kind === 'failed') setNote(latest.current.messages.formatFailed(outcome.reason));
      else if (outcome.kind === 'same') setNote(latest.current.messages.formatSame);
    });
  }

  const canFormat = tool?.format !== undefined && !readOnly;
  return (
    <>
      {canFormat || isChanged || note !== undefined ? (
        <CodeBar
          onFormat={canFormat ? format : undefined}
          isFormatting={isFormatting}
          onCompare={isChanged ? () => setWantsComparison(!wantsComparison) : undefined}
          isComparing={wantsComparison}
          note={note}
        />
      ) : null}
      <div className="loom-code-host" ref={parent} />
    </>
  );
}
