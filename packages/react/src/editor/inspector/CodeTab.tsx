import { formatPortType, type OutputPort } from '@loom/graph';
import { type ReactNode, useCallback, useMemo } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { CodeEditor } from '../../code/CodeEditor.js';
import type { CodeChange } from '../../code/code-view.js';
import type { OfferedPort, OfferedPorts } from '../../code/port-completion.js';
import { sourceThatRan } from '../../code/run-source.js';
import { useLoom, useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { faultLine } from '../../run/fault-line.js';
import type { LoomState } from '../../store/state.js';
import { useEditor } from '../context.js';
import { forkType } from './fork-type.js';

/** The source of a node. What belongs to the flow is edited here; of what belongs to a library one takes a copy. */
export function CodeTab({ model, readOnly }: { readonly model: NodeModel; readonly readOnly: boolean }): ReactNode {
  const { store, codeTools, cspNonce } = useEditor();
  const messages = useMessages();
  const typeId = model.node.type;
  const own = useLoom((state) => state.flow.document.types[typeId]);
  const users = useLoom(
    (state) => Object.values(state.flow.document.nodes).filter((node) => node.type === typeId).length,
  );
  const ranSource = useLoom(
    useCallback((state: LoomState) => sourceThatRan(state, model.id, typeId), [model.id, typeId]),
  );
  const errorAt = useErrorPlace(model);
  const ports = useMemo(() => offeredPorts(model), [model]);
  const change = useCallback(
    (source: string, how: CodeChange) => {
      const type = store.getState().flow.document.types[typeId];
      if (type === undefined || type.kind === 'subgraph' || type.source === source) return;
      const result = store.dispatch([{ kind: 'set-type', id: typeId, type: { ...type, source } }], {
        ...(how === 'formatted'
          ? { label: messages.formatCode }
          : { label: messages.changeCode, mergeKey: `code:${typeId}` }),
      });
      if (!result.ok) store.notify(result.error.message, 'warning');
    },
    [store, typeId, messages],
  );
  const { implementation, problems } = model.type ?? { implementation: undefined, problems: [] };
  if (implementation?.kind !== 'source') return null;
  const editable = own !== undefined && own.kind !== 'subgraph';
  const source = editable ? own.source : implementation.source;
  return (
    <>
      {editable || readOnly ? null : (
        <div className="loom-code-note">
          <span>{messages.codeShared}</span>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => forkType(store, model, messages)}
          >
            {messages.codeEditCopy}
          </button>
        </div>
      )}
      {editable && users > 1 ? <p className="loom-code-note">{messages.codeUsedBy(users)}</p> : null}
      <CodeEditor
        key={typeId}
        value={source}
        language={implementation.language}
        onChange={change}
        readOnly={readOnly || !editable}
        problems={problems}
        // A line of another text would be the wrong one.
        errorAt={ranSource === undefined || ranSource === source ? errorAt : undefined}
        tool={codeTools?.[implementation.language]}
        ranSource={ranSource}
        ports={ports}
        cspNonce={cspNonce}
        startLine={entryLine(implementation)}
        label={messages.codeLabel(model.title)}
      />
    </>
  );
}

function offeredPorts({ inputs, outputs }: NodeModel): OfferedPorts {
  const offer = ({ id, type, help }: OutputPort): OfferedPort => ({ name: id, type: formatPortType(type), help });
  return { inputs: inputs.map(offer), outputs: outputs.map(offer) };
}

/** Where the function of a type begins: a module may hold many. */
function entryLine({ source, entry }: { readonly source: string; readonly entry: string }): number | undefined {
  const line = source.split('\n').findIndex((text) => text.replace(/^async\s+/, '').startsWith(`def ${entry}(`));
  return line === -1 ? undefined : line + 1;
}

/** Where the last run failed in this source, or the line that somebody asked for. */
function useErrorPlace(model: NodeModel) {
  const run = useShownRun(model.id);
  const target = useLoom((state) => state.session.codeTarget);
  const error = run?.status === 'error' ? run.error : undefined;
  // A new object for each wish, so that asking again for the same line shows it again.
  return useMemo(() => {
    const frame = error === undefined ? undefined : faultLine(error);
    if (error === undefined || frame === undefined || frame.typeId !== model.node.type) return undefined;
    const wish = target?.node === model.id ? target.request : 0;
    return {
      request: wish,
      line: frame.line,
      column: frame.column,
      endLine: frame.endLine,
      endColumn: frame.endColumn,
      message: error.message,
    };
  }, [error, target, model.id, model.node.type]);
}
