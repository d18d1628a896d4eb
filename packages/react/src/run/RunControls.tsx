import { ChevronDown, Pause, Play, Radio, Square, StepForward, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../editor/CommandButton.js';
import { useEditor } from '../editor/context.js';
import { Spare } from '../editor/Spare.js';
import { useLoom } from '../hooks/useLoom.js';
import { MenuButton } from '../menu/MenuButton.js';
import { useMessages } from '../messages/messages.js';
import { hasEvents } from './has-events.js';

/**
 * What starts, holds and ends runs.
 *
 * @example
 * ```tsx
 * <header style={{ display: 'flex', gap: 8 }}>
 *   <LoomRunControls />
 * </header>
 * ```
 */
export function RunControls(): ReactNode {
  const { store, commands } = useEditor();
  const messages = useMessages();
  const isPaused = useLoom(({ runs }) => runs.running && runs.run.paused !== undefined);
  const isAuto = useLoom(({ flow }) => flow.document.settings.mode === 'auto');
  const isLive = useLoom(({ runs }) => runs.live !== undefined);
  const readOnly = useLoom(({ flow }) => flow.readOnly);
  const canRun = useLoom(() => commands.isEnabled('run.all'));
  const offersLive = useLoom(() => isLive || hasEvents({ store }));
  return (
    <>
      {readOnly ? null : (
        <Spare>
          <CommandButton command="run.auto" icon={Zap} pressed={isAuto} />
        </Spare>
      )}
      {offersLive ? (
        <CommandButton
          command="run.live"
          icon={Radio}
          pressed={isLive}
          className={isLive ? 'loom-button loom-live-button' : 'loom-icon-button'}
        >
          {isLive ? messages.live : null}
        </CommandButton>
      ) : null}
      <span className="loom-run-split">
        <CommandButton command="run.all" icon={Play} className="loom-button loom-button-primary">
          {messages.run}
        </CommandButton>
        <MenuButton
          menu="run"
          label={messages.runMore}
          className="loom-button loom-button-primary loom-run-more"
          align="end"
          disabled={!canRun}
        >
          <ChevronDown size={13} aria-hidden="true" />
        </MenuButton>
      </span>
      <CommandButton command={isPaused ? 'run.resume' : 'run.pause'} icon={isPaused ? Play : Pause} />
      <Spare>
        <CommandButton command="run.step" icon={StepForward} />
      </Spare>
      <CommandButton command="run.stop" icon={Square} />
    </>
  );
}
