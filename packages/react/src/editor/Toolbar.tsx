import {
  CodeXml,
  Download,
  FolderOpen,
  History,
  type LucideIcon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Plus,
  Redo2,
  Search,
  Share2,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { MenuButton } from '../menu/MenuButton.js';
import { useMessages } from '../messages/messages.js';
import { RunControls } from '../run/RunControls.js';
import type { Panels } from '../store/session.js';
import { CommandButton } from './CommandButton.js';
import { RunStatus } from './RunStatus.js';
import { Spare } from './Spare.js';

/** Props of {@link Toolbar}. */
export interface ToolbarProps {
  /** Whether it has the buttons that open and close the panels of the usual layout. @default false */
  readonly panels?: boolean;
}

/**
 * The row of buttons above the canvas: files, history, adding and running.
 *
 * @example
 * ```tsx
 * <LoomRoot style={{ display: 'grid', gridTemplateRows: 'auto 1fr', height: 600 }}>
 *   <LoomToolbar />
 *   <LoomCanvas />
 * </LoomRoot>
 * ```
 */
export function Toolbar({ panels = false }: ToolbarProps): ReactNode {
  const messages = useMessages();
  const readOnly = useLoom((state) => state.flow.readOnly);
  const runnable = useLoom((state) => state.runs.runnable);
  const title = useLoom((state) => state.flow.document.title);
  return (
    <div className="loom-toolbar" role="toolbar" aria-label={messages.toolbarLabel}>
      <div className="loom-toolbar-group">
        {panels ? <PanelButton panel="library" icon={PanelLeft} /> : null}
        <Spare>
          {panels ? <span className="loom-separator" /> : null}
          <CommandButton command="file.open" icon={FolderOpen} />
          <CommandButton command="file.save" icon={Download} />
          <MenuButton menu="file" label={messages.shareMore} className="loom-icon-button">
            <Share2 size={15} aria-hidden="true" />
          </MenuButton>
        </Spare>
        {readOnly ? null : (
          <>
            <span className="loom-separator" />
            <UndoButton />
            <Spare>
              <RedoButton />
              <CommandButton command="edit.history" icon={History} />
            </Spare>
            <span className="loom-separator" />
            <CommandButton command="node.add" icon={Plus} />
            <Spare>
              <CommandButton command="node.newPython" icon={CodeXml} />
            </Spare>
          </>
        )}
      </div>
      <h2 className="loom-toolbar-title" title={title}>
        {title ?? messages.untitled}
      </h2>
      <div className="loom-toolbar-group loom-toolbar-end">
        {runnable ? (
          <>
            <RunStatus />
            <RunControls />
            <span className="loom-separator" />
          </>
        ) : null}
        <CommandButton command="view.palette" icon={Search} />
        {panels ? (
          <>
            <Spare>
              <PanelButton panel="bottom" icon={PanelBottom} />
            </Spare>
            <PanelButton panel="inspector" icon={PanelRight} />
          </>
        ) : null}
      </div>
    </div>
  );
}

function PanelButton({ panel, icon }: { readonly panel: keyof Panels; readonly icon: LucideIcon }): ReactNode {
  const open = useLoom(({ session }) => session.panels[panel].open);
  return <CommandButton command={`view.${panel}`} icon={icon} pressed={open} />;
}

function UndoButton(): ReactNode {
  const messages = useMessages();
  const label = useLoom((state) => state.flow.history.past.at(-1)?.label);
  return (
    <CommandButton
      command="edit.undo"
      icon={Undo2}
      title={label === undefined ? messages.undo : messages.undoOf(label)}
    />
  );
}

function RedoButton(): ReactNode {
  const messages = useMessages();
  const label = useLoom((state) => state.flow.history.future.at(-1)?.label);
  return (
    <CommandButton
      command="edit.redo"
      icon={Redo2}
      title={label === undefined ? messages.redo : messages.redoOf(label)}
    />
  );
}
