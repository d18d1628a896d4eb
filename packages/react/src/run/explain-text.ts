import type { Explanation, RunCause } from '@loom/engine';
import { assertNever, type NodeId } from '@loom/graph';
import type { Messages } from '../messages/messages.js';
import type { PastExplanation } from './past-causes.js';

/** An explanation in words: what would happen, and for a node that would run each cause. */
export interface ExplanationText {
  readonly what: string;
  readonly causes: readonly string[];
}

/** Says what a run would do with a node, and why. */
export function explainText(
  { planned, causes }: Explanation,
  messages: Messages,
  titleOf: (node: NodeId) => string,
): ExplanationText {
  if (planned === undefined) return { what: messages.explainNotNeeded, causes: [] };
  switch (planned.action) {
    case 'reuse':
      return { what: messages.explainReuse, causes: [] };
    case 'pinned':
      return { what: messages.explainPinned, causes: [] };
    case 'bypass':
      return { what: messages.explainBypass, causes: [] };
    case 'skip':
      return { what: planned.reason === 'muted' ? messages.explainMuted : messages.explainWaits, causes: [] };
    case 'blocked':
      return { what: messages.explainBlocked(planned.error.message), causes: [] };
    case 'run':
      return { what: messages.explainRuns, causes: causes.map((cause) => causeText(cause, messages, titleOf)) };
    default:
      return assertNever(planned, 'planned action');
  }
}

/** Says what a run did with a node, and why. */
export function pastExplainText(
  past: PastExplanation,
  messages: Messages,
  titleOf: (node: NodeId) => string,
): ExplanationText {
  switch (past.did) {
    case 'nothing':
      return { what: messages.pastOutside, causes: [] };
    case 'reused':
      return { what: messages.pastReuse, causes: [] };
    case 'skipped':
      return { what: messages.nodeStatus('skipped'), causes: [] };
    case 'pinned':
      return { what: messages.explainPinned, causes: [] };
    case 'bypassed':
      return { what: messages.explainBypass, causes: [] };
    case 'unknown':
      return { what: messages.pastUnknown, causes: [] };
    case 'ran': {
      const before = { ...messages, causeTarget: messages.pastTarget, causeNoResult: messages.pastNoResult };
      return { what: messages.pastRan, causes: past.causes.map((cause) => causeText(cause, before, titleOf)) };
    }
    default:
      return assertNever(past, 'past explanation');
  }
}

function causeText(cause: RunCause, messages: Messages, titleOf: (node: NodeId) => string): string {
  switch (cause.kind) {
    case 'target':
      return messages.causeTarget;
    case 'no-result':
      return messages.causeNoResult;
    case 'failed':
      return messages.causeFailed;
    case 'skipped':
      return messages.causeSkipped;
    case 'lost':
      return messages.causeLost;
    case 'not-kept':
      return messages.causeNotKept;
    case 'code':
      return messages.causeCode;
    case 'literal':
      return messages.causeLiteral(cause.port);
    case 'setting':
      return messages.causeSetting(cause.setting);
    case 'wiring':
      return messages.causeWiring(cause.port);
    case 'environment':
      return messages.causeEnvironment;
    case 'upstream':
      return messages.causeUpstream(titleOf(cause.node), cause.change);
    default:
      return assertNever(cause, 'cause');
  }
}
