import type { FlowNode, NodeId } from '@loom/graph';
import type { ReactNode } from 'react';
import { categoryHue } from '../../canvas/node/category-hue.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { useEditor } from '../context.js';
import { ColorSetting } from './ColorSetting.js';

/** The colour of one node or of several: the first of theirs is shown, and all of them get another. */
export function NodeColor({ ids }: { readonly ids: readonly NodeId[] }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const color = useLoom(({ flow }) => {
    const colored = ids.find((id) => flow.document.nodes[id]?.view?.color !== undefined);
    return colored === undefined ? undefined : flow.document.nodes[colored]?.view?.color;
  });
  const own = useLoom(({ flow }) => {
    const [first = ''] = ids;
    const type = flow.document.nodes[first]?.type;
    return categoryHue(type === undefined ? undefined : flow.library.resolve(flow.document, type)?.category);
  });
  function paint(next: string | undefined): void {
    const { nodes } = store.getState().flow.document;
    const result = store.dispatch(
      ids.flatMap((id) => {
        const node = nodes[id];
        return node === undefined
          ? []
          : [{ kind: 'update-node' as const, id, changes: { view: withColor(node.view, next) } }];
      }),
      // The browser tells each colour that one passes: all of them are one step.
      { label: messages.frameColor, mergeKey: `node-color:${ids.join()}` },
    );
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  return <ColorSetting label={messages.frameColor} value={color} own={own} readOnly={readOnly} onChange={paint} />;
}

/** A view with this colour; null when nothing is left of it. */
function withColor(view: FlowNode['view'], color: string | undefined): NonNullable<FlowNode['view']> | null {
  const { color: _before, ...rest } = view ?? {};
  if (color !== undefined) return { ...rest, color };
  return Object.keys(rest).length === 0 ? null : rest;
}
