import { copyFragment, type NodeId, type Operation } from '@loom/graph';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { portAt } from '../ports/port-at.js';
import type { PortPlace } from '../ports/port-place.js';
import { retitlePort } from '../ports/port-title.js';
import type { SessionState } from '../store/session.js';
import { useEditor } from './context.js';
import { useFocusReturn } from './useFocusReturn.js';

/** What a name is asked for. */
interface Naming {
  readonly label: string;
  /** What it is called without one. */
  readonly standard: string;
  readonly value: string;
  take(title: string): void;
}

/** The field for the name of a node, a port or a template, while one is asked for. */
export function RenameField(): ReactNode {
  const target = useLoom((state) => state.session.renaming);
  return target === undefined ? null : <Field key={JSON.stringify(target)} target={target} />;
}

function Field({ target }: { readonly target: NonNullable<SessionState['renaming']> }): ReactNode {
  const { store, models, templates } = useEditor();
  const messages = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const goBack = useFocusReturn();
  const { flow } = store.getState();
  const naming = isTemplate(target)
    ? templateNaming()
    : typeof target === 'string'
      ? nodeNaming(target)
      : portNaming(target);
  useEffect(() => input.current?.select(), []);
  if (naming === undefined) return null;
  const { label, standard, value } = naming;

  function close(): void {
    if (store.getState().session.renaming !== target) return;
    store.setRenaming(undefined);
  }
  function dispatch(operation: Operation | undefined): void {
    if (operation === undefined) return;
    const result = store.dispatch([operation], { label: messages.changeRename });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  function nodeNaming(id: NodeId): Naming | undefined {
    const model = models(flow).get(id);
    return (
      model && {
        label: messages.renameLabel(model.title),
        standard: model.title,
        value: model.node.label ?? '',
        take: (title) => dispatch({ kind: 'update-node', id, changes: { label: title === '' ? null : title } }),
      }
    );
  }
  function portNaming(place: PortPlace): Naming | undefined {
    const title = portAt(models(flow), place)?.title;
    return title === undefined
      ? undefined
      : {
          label: messages.renameLabel(title),
          standard: title,
          value: title,
          take: (next) => dispatch(retitlePort(store.getState().flow.document, place, next)),
        };
  }
  function templateNaming(): Naming {
    const { nodes } = store.getState().session.selection;
    const [first] = nodes;
    const standard = (first && models(flow).get(first)?.title) ?? messages.templateName;
    return {
      label: messages.templateName,
      standard,
      value: standard,
      take: (title) => void templates.save(title === '' ? standard : title, copyFragment(flow.document, nodes)),
    };
  }
  function take(title: string): void {
    if (isTemplate(target) || title !== value) naming?.take(title);
  }
  return (
    <div className="loom-palette loom-quick-add nokey" role="dialog" aria-label={label}>
      <div className="loom-quick-add-search">
        <input
          ref={input}
          className="loom-quick-add-input"
          aria-label={label}
          defaultValue={value}
          placeholder={standard}
          autoComplete="off"
          spellCheck={false}
          onBlur={({ target: { value: left } }) => {
            if (store.getState().session.renaming !== target) return;
            // A name that one leaves is taken; a template is kept only when one says so.
            if (!isTemplate(target)) take(left.trim());
            close();
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            event.stopPropagation();
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            if (event.key === 'Enter') take(event.currentTarget.value.trim());
            close();
            goBack();
          }}
        />
      </div>
    </div>
  );
}

function isTemplate(target: NonNullable<SessionState['renaming']>): target is { readonly template: true } {
  return typeof target === 'object' && 'template' in target;
}
