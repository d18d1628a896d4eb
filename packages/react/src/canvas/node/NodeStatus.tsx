import type { NodeRunStatus } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDotDashed,
  CircleHelp,
  History,
  LoaderCircle,
  type LucideIcon,
  SkipForward,
} from 'lucide-react';
import { memo, type ReactNode, useCallback } from 'react';
import { useIsStale, useLoom, useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { lazyPart } from '../../parts/lazy-part.js';
import { useSkipReason } from '../../run/useSkipReason.js';
import type { LoomState } from '../../store/state.js';
import { mayBeUnfit, type NodeModel, neededInputs } from './node-model.js';

const LiveStatus = lazyPart(() => import('./later-status.js').then((module) => module.LiveStatus));
const UnfitStatus = lazyPart(() => import('./later-status.js').then((module) => module.UnfitStatus));

const ICONS: Readonly<Record<Exclude<NodeRunStatus, 'idle'>, LucideIcon>> = {
  queued: CircleDashed,
  running: LoaderCircle,
  success: CircleCheck,
  error: CircleAlert,
  skipped: SkipForward,
  cancelled: Ban,
};

/** The state of a node in its last run: an icon, its time, and words for those who cannot see the icon. */
export const NodeStatus = memo(function NodeStatus({ model }: { readonly model: NodeModel }): ReactNode {
  const { id, type } = model;
  const run = useShownRun(id);
  const stale = useIsStale(id);
  const live = useLoom(useCallback(({ runs }: LoomState) => runs.live?.nodes.get(id), [id]));
  const messages = useMessages();
  if (type === undefined || type.implementation.kind === 'missing') {
    return (
      <span className="loom-node-status" data-status="missing" title={messages.nodeMissing}>
        <CircleHelp size={13} aria-hidden="true" />
        <span className="loom-hidden">{messages.nodeMissing}</span>
      </span>
    );
  }
  if (live !== undefined && (run === undefined || run.status !== 'running')) return <LiveStatus state={live} />;
  if (run === undefined || run.status === 'idle' || (stale && run.status === 'success')) {
    const needs = neededInputs(model);
    if (needs !== '') return <NotReady reason={messages.nodeNeeds(needs)} />;
    if (mayBeUnfit(model)) {
      return (
        <UnfitStatus model={model} NotReady={NotReady}>
          <RunMark id={id} />
        </UnfitStatus>
      );
    }
  }
  return <RunMark id={id} />;
});

interface NotReadyProps {
  readonly reason: string;
}

function NotReady({ reason }: NotReadyProps): ReactNode {
  const messages = useMessages();
  const text = `${messages.nodeNotReady}. ${reason}`;
  return (
    <span className="loom-node-status" data-status="not-ready" title={text}>
      <CircleDotDashed size={13} aria-hidden="true" />
      <span className="loom-hidden">{text}</span>
    </span>
  );
}

/** What the last run did with the node. */
function RunMark({ id }: { readonly id: NodeId }): ReactNode {
  const run = useShownRun(id);
  const stale = useIsStale(id);
  const skipReason = useSkipReason(id);
  const messages = useMessages();
  if (run === undefined || run.status === 'idle') return null;
  const Icon = ICONS[run.status];
  const text = messages.nodeStatus(run.status);
  const cached = run.status === 'success' && run.cached;
  const progress = run.status === 'running' ? run.progress : undefined;
  const time = run.status === 'success' || run.status === 'error' ? messages.duration(run.durationMs) : undefined;
  const detail = cached ? messages.nodeCached : time;
  return (
    <>
      <span
        className="loom-node-status"
        data-status={run.status}
        data-cached={cached}
        data-stale={stale}
        title={[text, detail, progress?.message, skipReason, stale ? messages.nodeStaleHelp : undefined]
          .filter(Boolean)
          .join(' · ')}
      >
        {stale ? <History size={12} className="loom-node-stale" role="img" aria-label={messages.nodeStale} /> : null}
        {detail === undefined ? null : <span className="loom-node-time">{detail}</span>}
        <Icon size={13} aria-hidden="true" />
        <span className="loom-hidden">{text}</span>
      </span>
      {run.status === 'running' ? (
        <span
          className="loom-node-progress"
          data-known={progress !== undefined}
          style={progress === undefined ? undefined : { width: `${Math.round(progress.fraction * 100)}%` }}
        />
      ) : null}
    </>
  );
}
