import type { EngineEvent, SkipReason } from '@loom/engine';
import { assertNever, type NodeId } from '@loom/graph';
import type { NodeTitle } from './node-titles.js';

/** Lines that a terminal shows; a large flow may skip thousands. */
const MAX_LINES = 12;

/** A node that was skipped, and why. */
export interface SkippedNode {
  readonly node: NodeId;
  readonly reason: SkipReason;
}

/** Takes down which nodes a run skips. Single iterations do not count: a node that ran in another one was not skipped. */
export class SkippedNodes {
  readonly all: SkippedNode[] = [];

  readonly onEvents = (events: readonly EngineEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'node-skipped' && event.frame === undefined) {
        this.all.push({ node: event.node, reason: event.reason });
      }
    }
  };
}

/** Which nodes were skipped, and why. */
export function formatSkipped(skipped: readonly SkippedNode[], title: NodeTitle): string {
  const lines = skipped.slice(0, MAX_LINES).map(({ node, reason }) => `${title(node)}: ${textOf(reason, title)}`);
  if (skipped.length > lines.length) lines.push(`… and ${skipped.length - lines.length} more`);
  return ['Skipped', ...lines.map((line) => `  ${line}`)].join('\n');
}

function textOf(reason: SkipReason, title: NodeTitle): string {
  switch (reason.kind) {
    case 'upstream-error':
      return `"${title(reason.node)}" failed`;
    case 'upstream-skipped':
      return `"${title(reason.node)}" gave nothing to it`;
    case 'upstream-cancelled':
      return `"${title(reason.node)}" was cancelled`;
    case 'muted':
      return 'it is muted';
    case 'stopped':
      return 'the run stopped at an error before';
    case 'not-entered':
      return `"${title(reason.node)}" began no iteration`;
    case 'waits-for-event':
      return 'it waits for an event, which comes only while a flow is live';
    default:
      return assertNever(reason, 'reason for skipping');
  }
}
