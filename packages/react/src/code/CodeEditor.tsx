import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { CodeHost } from './CodeHost.js';
import type { CodeEditorProps } from './code-editor-props.js';
import { type CodeViewModule, useCodeViewModule } from './useCodeViewModule.js';

export type { CodeEditorProps } from './code-editor-props.js';

const loadChunk = (): Promise<CodeViewModule> => import('./code-view.js');

/**
 * Edits the source of a node. The editor proper is loaded when first shown; until then the text can be read, and if it
 * cannot be loaded a plain text field takes its place.
 */
export function CodeEditor({ load = loadChunk, ...props }: CodeEditorProps): ReactNode {
  const loading = useCodeViewModule(load);
  return (
    <div className="loom-code nodrag nowheel" data-status={loading.status} data-language={props.language}>
      {loading.status === 'ready' && <CodeHost {...props} module={loading.module} />}
      {loading.status === 'loading' && <LoadingCode value={props.value} />}
      {loading.status === 'failed' && <PlainCode {...props} />}
    </div>
  );
}

function LoadingCode({ value }: { readonly value: string }): ReactNode {
  const messages = useMessages();
  return (
    <>
      <pre className="loom-code-plain">{value}</pre>
      <span className="loom-hidden" role="status">
        {messages.codeLoading}
      </span>
    </>
  );
}

function PlainCode({ value, onChange, readOnly, label, problems = [], errorAt }: CodeEditorProps): ReactNode {
  const messages = useMessages();
  const faults = [...problems, ...(errorAt ? [errorAt] : [])];
  return (
    <>
      <p className="loom-code-note" role="status">
        {messages.codeFailed}
      </p>
      <textarea
        className="loom-code-plain"
        aria-label={label}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={value}
        onChange={(event) => onChange(event.target.value, 'typed')}
      />
      {faults.length > 0 && (
        <ul className="loom-code-faults">
          {faults.map((fault, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: faults have no id, and are replaced as a whole
            <li key={index}>{messages.codeProblem(fault.line ?? 1, fault.message)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
