import { type CSSProperties, type KeyboardEvent, type ReactNode, useCallback } from 'react';
import { Canvas } from '../canvas/Canvas.js';
import { useClipboard } from '../clipboard/useClipboard.js';
import { useLoom } from '../hooks/useLoom.js';
import { KeepingBanner } from '../keeping/KeepingBanner.js';
import type { EditorStorage } from '../keeping/useKeeping.js';
import { useMessages } from '../messages/messages.js';
import { Questions } from '../run/Questions.js';
import { useRunAnnouncements } from '../run/useRunAnnouncements.js';
import { useRuntimeNotices } from '../run/useRuntimeNotices.js';
import { WireValue } from '../run/WireValue.js';
import type { Panels } from '../store/session.js';
import { Breadcrumbs } from '../subgraph/Breadcrumbs.js';
import { useEditor } from './context.js';
import { EmptyHint } from './EmptyHint.js';
import { Inspector } from './inspector/Inspector.js';
import { LibrarySide } from './LibrarySide.js';
import { LazyBottomPanel, LazyOutline, LazyOverlays, LazyPastRun } from './lazy-parts.js';
import { Notices } from './Notices.js';
import { OpenDialog } from './OpenDialog.js';
import type { EditorComponents } from './props.js';
import { QuickAddPopup } from './QuickAddPopup.js';
import { ResizeHandle } from './ResizeHandle.js';
import { Toolbar } from './Toolbar.js';
import { useFileDrop } from './useFileDrop.js';
import { useKeys } from './useKeys.js';
import { useNarrowStart } from './useNarrowStart.js';

/** Props of {@link Shell}. */
export interface ShellProps {
  readonly theme: 'light' | 'dark' | 'system';
  readonly components: EditorComponents | undefined;
  readonly storage: EditorStorage | undefined;
  readonly className: string | undefined;
  readonly style: CSSProperties | undefined;
}

/** The frame: toolbar, panels and canvas, and the root that keys, clipboard and dropped files come to. */
export function Shell({ theme, components = {}, storage, className, style }: ShellProps): ReactNode {
  const { commands, canvas, store } = useEditor();
  const messages = useMessages();
  const keys = useKeys(commands);
  const root = useNarrowStart(store);
  useRuntimeNotices();
  useRunAnnouncements();
  const isOutlined = useLoom((state) => state.session.panels.outline.open) && components.Outline !== null;
  const { noteKey, ...clipboard } = useClipboard(commands);
  const drop = useFileDrop(commands);
  const { Toolbar: Bar = Toolbar, Empty = EmptyHint, Minimap } = components;
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      noteKey(event);
      keys(event);
    },
    [noteKey, keys],
  );
  const addAt = useCallback(
    (point: { x: number; y: number }) => store.setQuickAdd(canvas.placeOf(point)),
    [store, canvas],
  );

  return (
    <section
      ref={root}
      className={className === undefined ? 'loom loom-editor' : `loom loom-editor ${className}`}
      style={style}
      data-theme={theme}
      aria-label={messages.editorLabel}
      onKeyDown={onKeyDown}
      {...clipboard}
      {...drop}
    >
      {Bar === null ? null : <Bar />}
      <KeepingBanner storage={storage} />
      <LazyPastRun />
      <div className="loom-editor-body">
        {isOutlined ? (
          <Panel name="outline" component={components.Outline} standard={LazyOutline} />
        ) : (
          <Panel name="library" component={components.Library} standard={LibrarySide} />
        )}
        <div className="loom-editor-middle">
          <Canvas theme={theme} minimap={Minimap !== null} onPaneDoubleClick={addAt}>
            {Empty === null ? null : <WhenEmpty component={Empty} />}
            <Breadcrumbs />
            <WireValue />
            <Questions />
            <QuickAddPopup />
            <Notices />
          </Canvas>
          <Panel name="bottom" component={components.Bottom} standard={LazyBottomPanel} />
        </div>
        <Panel name="inspector" component={components.Inspector} standard={Inspector} />
      </div>
      <LazyOverlays />
      <OpenDialog />
    </section>
  );
}

interface PanelProps {
  readonly name: keyof Panels;
  readonly component: React.ComponentType | null | undefined;
  readonly standard: React.ComponentType;
}

function Panel({ name, component, standard }: PanelProps): ReactNode {
  const { open, size } = useLoom((state) => state.session.panels[name]);
  const Content = component === undefined ? standard : component;
  if (Content === null || !open) return null;
  return (
    <div className={`loom-panel loom-panel-${name}`} style={name === 'bottom' ? { height: size } : { width: size }}>
      <Content />
      <ResizeHandle panel={name} />
    </div>
  );
}

function WhenEmpty({ component: Component }: { readonly component: React.ComponentType }): ReactNode {
  const empty = useLoom((state) => Object.keys(state.flow.document.nodes).length === 0);
  return empty ? <Component /> : null;
}
