import type { NodeId, PortId } from '@loom/graph';
import type { ExpectedFrames, ExpectedNode } from './outcome.js';
import { errorToken, ItemStream, skippedToken, type Token, type TokensByPort, valueToken } from './token.js';

/** How a node ends, and what it puts on its wires. */
export interface NodeResult {
  readonly expected: ExpectedNode;
  readonly tokens: TokensByPort;
}

export function succeeded(node: NodeId, outputs: ReadonlyMap<PortId, unknown>, frames?: ExpectedFrames): NodeResult {
  return {
    expected: { state: 'success', outputs, ...(frames && { frames }) },
    tokens: (port) => (outputs.has(port) ? valueToken(outputs.get(port)) : skippedToken(node)),
  };
}

/**
 * The ends of a node that gives streams: as it is, or, when all who read them left before their end, closed and a success.
 * What was read until then is the same.
 */
export function orClosed(result: NodeResult, outputs: ReadonlyMap<PortId, unknown>, hasReaders: boolean): NodeResult[] {
  const streams = [...outputs].filter(([, value]) => value instanceof ItemStream);
  if (!hasReaders || streams.length === 0) return [result];
  const { list = [] } = result.expected.frames ?? {};
  const closed = new Map(
    [...outputs].map(([port, value]) => [port, value instanceof ItemStream ? value.closed : value]),
  );
  const frames = list.length > 0 ? ({ kind: 'broken-off', list } as const) : undefined;
  return [result, { ...result, expected: { state: 'success', outputs: closed, ...(frames && { frames }) } }];
}

export function failed(node: NodeId, code?: string, frames?: ExpectedFrames): NodeResult {
  return {
    expected: { state: 'error', ...(code !== undefined && { code }), ...(frames && { frames }) },
    tokens: () => errorToken(node),
  };
}

/** Skipped for a reason of its own: what depends on it names it. */
export function skippedAt(node: NodeId, kind: 'muted' | 'not-entered' | 'waits-for-event'): NodeResult {
  return {
    expected: { state: 'skipped', reason: { kind, blames: new Set() } },
    tokens: () => skippedToken(node),
  };
}

/** Skipped for what came by its wires: the blame goes on. */
export function skippedBy(token: Exclude<Token, { kind: 'value' }>, frames?: ExpectedFrames): NodeResult {
  const kind = token.kind === 'error' ? 'upstream-error' : 'upstream-skipped';
  return {
    expected: { state: 'skipped', reason: { kind, blames: token.blames }, ...(frames && { frames }) },
    tokens: () => token,
  };
}
