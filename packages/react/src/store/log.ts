import type { EngineEvent } from '@loom/engine';
import { assertNever, type NodeId } from '@loom/graph';

/** One piece of output of one node, or of a runtime: how its start and what the flow requires come along. */
export interface LogRecord {
  readonly id: string;
  /** Absent for what a runtime says. */
  readonly runId?: string;
  readonly node?: NodeId;
  readonly nodeTitle?: string;
  readonly stream: 'stdout' | 'stderr' | 'log' | 'system';
  readonly text: string;
  /** Milliseconds of the engine's clock. */
  readonly at: number;
}

/** The log keeps at most this many records; the oldest go first. */
export const MAX_LOG_RECORDS = 2000;
/** And at most this many characters in all, so that an endless print cannot fill the memory of the page. */
export const MAX_LOG_CHARACTERS = 1_000_000;

/** A bounded log. `characters` counts the text of all records. */
export interface Log {
  readonly records: readonly LogRecord[];
  readonly characters: number;
}

export const emptyLog: Log = { records: [], characters: 0 };

/** Adds the output among these events; the same log when there is none. */
export function appendLog(log: Log, events: readonly EngineEvent[], titleOf: (node: NodeId) => string): Log {
  const added: LogRecord[] = [];
  for (const event of events) {
    if (event.kind === 'executor-status' || event.kind === 'environment') {
      const text = systemText(event);
      const last = added.at(-1) ?? log.records.at(-1);
      // Progress says the same again and again.
      if (text === undefined || (last?.stream === 'system' && last.text === text)) continue;
      added.push({ id: `${event.executor}:${event.at}:${text}`, stream: 'system', text, at: event.at });
    }
    if (event.kind !== 'node-output') continue;
    added.push({
      id: `${event.runId}:${event.sequence}`,
      runId: event.runId,
      node: event.node,
      nodeTitle: titleOf(event.node),
      stream: event.stream,
      text: event.text.length > MAX_LOG_CHARACTERS ? event.text.slice(-MAX_LOG_CHARACTERS) : event.text,
      at: event.at,
    });
  }
  if (added.length === 0) return log;
  const all = [...log.records, ...added];
  let characters = log.characters + added.reduce((sum, record) => sum + record.text.length, 0);
  let from = Math.max(0, all.length - MAX_LOG_RECORDS);
  for (let index = 0; index < from; index += 1) characters -= all[index]?.text.length ?? 0;
  while (characters > MAX_LOG_CHARACTERS && from < all.length - 1) {
    characters -= all[from]?.text.length ?? 0;
    from += 1;
  }
  return { records: from === 0 ? all : all.slice(from), characters };
}

/** What a runtime has to say, in its own words; undefined when it is nothing for a log. */
function systemText({ status }: Extract<EngineEvent, { kind: 'executor-status' | 'environment' }>): string | undefined {
  switch (status.state) {
    case 'starting':
      return status.stage;
    case 'restarting':
      return status.reason;
    case 'resolving':
    case 'downloading':
    case 'installing':
      return status.detail;
    case 'failed':
      return status.error.message;
    case 'ready':
      return 'packages' in status
        ? status.packages.map(({ name, version }) => `${name} ${version}`).join(', ')
        : undefined;
    case 'idle':
    case 'not-started':
    case 'disposed':
      return undefined;
    default:
      return assertNever(status, 'status of a runtime');
  }
}
