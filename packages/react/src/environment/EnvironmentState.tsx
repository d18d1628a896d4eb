import type { EnvironmentStatus } from '@loom/engine';
import { CircleAlert, CircleCheck, CircleDashed, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useMessages } from '../messages/messages.js';
import { ProgressBar } from '../run/ProgressBar.js';

const ICONS = {
  'not-started': CircleDashed,
  resolving: LoaderCircle,
  downloading: LoaderCircle,
  installing: LoaderCircle,
  ready: CircleCheck,
  failed: CircleAlert,
} as const;

/** How far what the flow requires has come, and the way out when it is not to be had. */
export function EnvironmentState({
  status = { state: 'not-started' },
  requirements,
}: {
  readonly status: EnvironmentStatus | undefined;
  readonly requirements: readonly string[];
}): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const isOld = status.state === 'ready' && isForOthers(status.lock?.requirements, requirements);
  const state = isOld ? 'not-started' : status.state;
  const Icon = ICONS[state];
  const fraction = 'fraction' in status ? status.fraction : undefined;
  const title = isOld ? messages.environmentChanged : messages.environmentState(state);
  return (
    <div className="loom-environment-state" data-state={state} role="status">
      <p>
        <Icon size={13} aria-hidden="true" />
        <span>{title}</span>
      </p>
      {'detail' in status ? (
        <>
          <ProgressBar label={title} fraction={fraction} />
          <p className="loom-environment-detail">{status.detail}</p>
        </>
      ) : null}
      {status.state === 'failed' ? (
        <>
          <p className="loom-environment-detail">{status.error.message}</p>
          <button
            type="button"
            className="loom-button loom-button-outline"
            onClick={() => void commands.run('run.changed')}
          >
            {messages.environmentRetry}
          </button>
        </>
      ) : null}
      {status.state === 'ready' && !isOld ? (
        <ul className="loom-environment-packages">
          {status.packages.map(({ name, version }) => (
            <li key={name}>
              {name} <code>{version}</code>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Whether an environment was made ready for other requirements than these. */
function isForOthers(madeFor: unknown, requirements: readonly string[]): boolean {
  return madeFor !== undefined && JSON.stringify(madeFor) !== JSON.stringify(requirements);
}
