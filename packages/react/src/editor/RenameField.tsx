import { type ReactNode, useEffect, useRef } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { portAt } from '../ports/port-at.js';
import { retitlePort } from '../ports/port-title.js';
import type { SessionState } from '../store/session.js';
import { useEditor } from './context.js';
import { useFocusReturn } from './useFocusReturn.js';

/** The field for another name of a node or a port, while one is asked for. */
export function RenameField(): ReactNode {
  const target = useLoom((state) => state.session.renaming);
  return target === undefined ? null : <Field key={JSON.stringify(target)} target={target} />;
}

function Field({ target }: { readonly target: NonNullable<SessionState['renaming']> }): ReactNode {
  const { store, models } = useEditor();
  const messages = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const goBack = useFocusReturn();
  const { flow } = store.getState();
  const isNode = typeof target === 'string';
  const node = flow.document.nodes[isNode ? target : target.node];
  const shown = isNode ? models(flow).get(target)?.title : portAt(models(flow), target)?.title;
  useEffect(() => input.current?.select(), []);
  if (node === undefined || shown === undefined) return null;

  function close(): void {
    if (store.getState().session.renaming !== target) return;
    store.setRenaming(undefined);
  }
  function rename(title: string): void {
    const { document } = store.getState().flow;
    const operation = isNode
      ? ({ kind: 'update-node', id: target, changes: { label: title === '' ? null : title } } as const)
      : retitlePort(document, target, title);
    if (operation === undefined || title === shown) return;
    const result = store.dispatch([operation], { label: messages.changeRename });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  const label = messages.renameLabel(shown);
  return (
    <div className="loom-palette loom-quick-add nokey" role="dialog" aria-label={label}>
      <div className="loom-quick-add-search">
        <input
          ref={input}
          className="loom-quick-add-input"
          aria-label={label}
          defaultValue={isNode ? (node.label ?? '') : shown}
          placeholder={shown}
          autoComplete="off"
          spellCheck={false}
          onBlur={({ target: { value } }) => {
            if (store.getState().session.renaming !== target) return;
            rename(value.trim());
            close();
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            event.stopPropagation();
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            if (event.key === 'Enter') rename(event.currentTarget.value.trim());
            close();
            goBack();
          }}
        />
      </div>
    </div>
  );
}
