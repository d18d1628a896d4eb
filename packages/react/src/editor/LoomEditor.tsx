import { forwardRef, type ReactNode } from 'react';
import type { LoomHandle } from '../parts/handle.js';
import { LoomProvider } from '../parts/LoomProvider.js';
import { EditorLayout } from './EditorLayout.js';
import type { LoomEditorProps } from './props.js';

/**
 * An editor for one flow. It fills its parent, which needs a height. Import `@loom/react/styles.css` once. It is a
 * `LoomProvider` with the parts in the usual places; an app that wants another layout puts the parts together itself.
 *
 * @example
 * ```tsx
 * const [document, setDocument] = useState(emptyDocument);
 * return (
 *   <div style={{ height: 600 }}>
 *     <LoomEditor document={document} onChange={setDocument} library={library} engine={engine} />
 *   </div>
 * );
 * ```
 */
export const LoomEditor = forwardRef<LoomHandle, LoomEditorProps>(function LoomEditor(props, ref): ReactNode {
  const { theme, tokens, className, style, storage, ...options } = props;
  return (
    <LoomProvider {...options} ref={ref}>
      <EditorLayout theme={theme} tokens={tokens} className={className} style={style} storage={storage} />
    </LoomProvider>
  );
});
