import type { ExpectedNode, ExpectedSkip } from './outcome.js';
import { isSameValue } from './same-value.js';
import type { SeenEnd, SeenValue } from './seen.js';
import { ItemStream } from './token.js';

/** How an end that was seen differs from the one that is expected; undefined when it is the same. */
export function endDifference(expected: ExpectedNode, seen: SeenEnd | undefined): string | undefined {
  if (!seen) return `has no end, and should be ${expectedText(expected)}`;
  const isSame = isExpectedEnd(expected, seen);
  return isSame ? undefined : `is ${seenText(seen)}, and should be ${expectedText(expected)}`;
}

/**
 * Like {@link endDifference}, for a node of a run or frame that was cut off: it may also have been cancelled, or not have
 * begun for what was.
 */
export function cutEndDifference(expected: ExpectedNode, seen: SeenEnd | undefined): string | undefined {
  if (seen?.state === 'cancelled') return undefined;
  const kind = seen?.reason?.kind;
  if (kind === 'upstream-cancelled' || kind === 'stopped' || kind === 'not-entered') return undefined;
  return endDifference(expected, seen);
}

function isExpectedEnd(expected: ExpectedNode, seen: SeenEnd): boolean {
  switch (expected.state) {
    case 'success':
      return seen.state === 'success' && areExpectedOutputs(expected.outputs, seen.outputs ?? new Map());
    case 'error':
      return seen.state === 'error' && (expected.code === undefined || expected.code === seen.code);
    case 'skipped':
      return seen.state === 'skipped' && isExpectedReason(expected.reason, seen);
  }
}

function isExpectedReason({ kind, blames }: ExpectedSkip, { reason }: SeenEnd): boolean {
  if (reason?.kind !== kind) return false;
  return blames.size === 0 || !('node' in reason) || blames.has(reason.node);
}

function areExpectedOutputs(expected: ReadonlyMap<string, unknown>, seen: ReadonlyMap<string, SeenValue>): boolean {
  for (const port of seen.keys()) if (!expected.has(port)) return false;
  for (const [port, value] of expected) {
    const found = seen.get(port);
    // People see the last item of a stream; a stream without items leaves nothing.
    if (value instanceof ItemStream && (value.isClosed || !found || value.items.length === 0)) continue;
    if (!found) return false;
    const whole = value instanceof ItemStream ? value.items.at(-1) : value;
    if (found.kind === 'whole' && !isSameValue(whole, found.value)) return false;
  }
  return true;
}

function seenText({ state, outputs, code, reason }: SeenEnd): string {
  if (state === 'success') {
    const values = [...(outputs ?? [])].map(([port, seen]): [string, unknown] => [
      port,
      seen.kind === 'whole' ? seen.value : '…',
    ]);
    return `a success with ${JSON.stringify(Object.fromEntries(values))}`;
  }
  if (state === 'error') return `an error (${code})`;
  return state === 'skipped' ? `skipped (${JSON.stringify(reason)})` : state;
}

function expectedText(expected: ExpectedNode): string {
  switch (expected.state) {
    case 'success': {
      const values = [...expected.outputs].map(([port, value]): [string, unknown] => [
        port,
        value instanceof ItemStream ? { stream: value.items } : value,
      ]);
      const what = expected.isBypassed ? 'bypassed' : 'a success';
      return `${what} with ${JSON.stringify(Object.fromEntries(values))}`;
    }
    case 'error':
      return `an error${expected.code === undefined ? '' : ` (${expected.code})`}`;
    case 'skipped': {
      const blames = [...expected.reason.blames].join(' or ');
      return `skipped (${expected.reason.kind}${blames === '' ? '' : ` of ${blames}`})`;
    }
  }
}
