import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.js';
import type { CodeEditorProps } from './code-editor-props.js';
import type { CodeView } from './code-view.js';
import type { CodeViewModule } from './useCodeViewModule.js';

interface CodeHostProps extends Omit<CodeEditorProps, 'load'> {
  readonly module: CodeViewModule;
}

/** Holds the editor in the page and tells it what changed. */
export function CodeHost({ module, ...props }: CodeHostProps): ReactNode {
  const { value, language, readOnly = false, problems, errorAt, startLine, label, cspNonce, onChange } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<CodeView | null>(null);
  const { codeSyntax: syntaxText } = useMessages();
  const latest = useRef({ value, language, readOnly, startLine, label, syntaxText, onChange });

  useLayoutEffect(() => {
    latest.current = { value, language, readOnly, startLine, label, syntaxText, onChange };
  });

  useLayoutEffect(() => {
    if (!parent.current) return undefined;
    const created = module.createCodeView({
      parent: parent.current,
      text: latest.current.value,
      language: latest.current.language,
      readOnly: latest.current.readOnly,
      label: latest.current.label,
      startLine: latest.current.startLine,
      cspNonce,
      syntaxText: latest.current.syntaxText,
      onChange: (text) => latest.current.onChange(text),
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

  return <div className="loom-code-host" ref={parent} />;
}
