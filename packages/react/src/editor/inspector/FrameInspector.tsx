import type { FlowFrame } from '@loom/graph';
import type { ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { useEditor } from '../context.js';
import { ColorSetting } from './ColorSetting.js';
import { TextSetting } from './TextSetting.js';

/** A frame or a note: its text and its colour. */
export function FrameInspector({ id }: { readonly id: string }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const frame = useLoom((state) => state.flow.document.frames[id]);
  const readOnly = useLoom((state) => state.flow.readOnly);
  if (frame === undefined) return null;
  const isNote = frame.kind === 'note';
  function change(key: 'title' | 'text' | 'color', value: string | undefined, label: string): void {
    const left = Object.entries({ ...frame, [key]: value }).filter(([, each]) => each !== undefined);
    const result = store.dispatch(
      [{ kind: 'set-frame', id, frame: Object.fromEntries(left) as unknown as FlowFrame }],
      {
        label,
        mergeKey: `frame-${key}:${id}`,
      },
    );
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  return (
    <div className="loom-inspector-body">
      {isNote ? (
        <TextSetting
          label={messages.noteTitle}
          value={frame.text ?? ''}
          readOnly={readOnly}
          multiline
          onChange={(text) => change('text', text, messages.noteEdit)}
        />
      ) : (
        <TextSetting
          label={messages.fieldTitle}
          value={frame.title ?? ''}
          placeholder={messages.frameTitle}
          readOnly={readOnly}
          onChange={(title) => change('title', title === '' ? undefined : title, messages.changeRename)}
        />
      )}
      <ColorSetting
        label={messages.frameColor}
        value={frame.color}
        readOnly={readOnly}
        onChange={(color) => change('color', color, messages.frameColor)}
      />
    </div>
  );
}
