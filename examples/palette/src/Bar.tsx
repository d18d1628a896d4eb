import { useCommand, useHistory, useRun } from '@loom/react';
import type { ReactNode } from 'react';

const STATUS: Readonly<Record<string, string>> = {
  idle: 'Not run yet',
  running: 'Running…',
  succeeded: 'Up to date',
  failed: 'Something failed',
  cancelled: 'Stopped',
  'timed-out': 'Took too long',
};

/** The toolbar of this app: its own buttons for commands of the editor and for one of its own. */
export function Bar(): ReactNode {
  const { undo } = useHistory();
  const { status } = useRun();
  return (
    <div className="bar" role="toolbar" aria-label="Palette">
      <CommandButton command="run.all" />
      <CommandButton command="palette.turn" />
      <CommandButton command="edit.undo">{undo === undefined ? 'Undo' : `Undo “${undo}”`}</CommandButton>
      <CommandButton command="edit.redo" />
      <output>{status === 'idle' ? STATUS.idle : STATUS[status]}</output>
    </div>
  );
}

function CommandButton({ command, children }: { readonly command: string; readonly children?: ReactNode }): ReactNode {
  const { title, keys, enabled, run } = useCommand(command);
  return (
    <button type="button" disabled={!enabled} title={[title, ...keys].join(' · ')} onClick={run}>
      {children ?? title}
    </button>
  );
}
