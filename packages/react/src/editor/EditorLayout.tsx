import type { ComponentType, ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import type { EditorStorage } from '../keeping/flow-storage.js';
import { LoomCanvas } from '../parts/LoomCanvas.js';
import { LoomKeeping } from '../parts/LoomKeeping.js';
import { LoomRoot } from '../parts/LoomRoot.js';
import { lazyPart } from '../parts/lazy-part.js';
import { LoomInspector, LoomLibrary, LoomOutline, LoomPastRun } from '../parts/panels.js';
import type { LoomLook } from '../parts/props.js';
import { Slot } from '../parts/Slot.js';
import type { Panels } from '../store/session.js';
import { useEditor } from './context.js';
import { ResizeHandle } from './ResizeHandle.js';
import { Toolbar } from './Toolbar.js';
import { usePanelRoom } from './usePanelRoom.js';

const Bottom = lazyPart(() => import('./BottomPanel.js').then((module) => module.BottomPanel));

function ToolbarWithPanels(): ReactNode {
  return <Toolbar panels />;
}

/** Props of {@link EditorLayout}. */
export interface EditorLayoutProps extends LoomLook {
  readonly storage: EditorStorage | undefined;
}

/** The usual layout: toolbar, panels that one resizes and closes, and the canvas between them. */
export function EditorLayout({ storage, className, ...look }: EditorLayoutProps): ReactNode {
  const { store, components } = useEditor();
  const { root, isArranged } = usePanelRoom(store);
  const isOutlined = useLoom((state) => state.session.panels.outline.open) && components.Outline !== null;
  return (
    <LoomRoot ref={root} {...look} className={className === undefined ? 'loom-editor' : `loom-editor ${className}`}>
      <Slot component={components.Toolbar} standard={ToolbarWithPanels} />
      {storage === undefined ? null : <LoomKeeping storage={storage} />}
      <LoomPastRun />
      <div className="loom-editor-body">
        {isOutlined ? (
          <Panel name="outline" component={components.Outline} standard={LoomOutline} />
        ) : (
          <Panel name="library" component={components.Library} standard={LoomLibrary} />
        )}
        <div className="loom-editor-middle">
          {isArranged ? <LoomCanvas /> : <div className="loom-canvas" />}
          <Panel name="bottom" component={components.Bottom} standard={Bottom} />
        </div>
        <Panel name="inspector" component={components.Inspector} standard={LoomInspector} />
      </div>
    </LoomRoot>
  );
}

interface PanelProps {
  readonly name: keyof Panels;
  readonly component: ComponentType | null | undefined;
  readonly standard: ComponentType;
}

function Panel({ name, component, standard }: PanelProps): ReactNode {
  const { open, size } = useLoom((state) => state.session.panels[name]);
  if (component === null || !open) return null;
  return (
    <div className={`loom-panel loom-panel-${name}`} style={name === 'bottom' ? { height: size } : { width: size }}>
      <Slot component={component} standard={standard} />
      <ResizeHandle panel={name} />
    </div>
  );
}
