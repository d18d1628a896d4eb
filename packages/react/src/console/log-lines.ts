import type { LogEntry, LogStream } from './log-entry.js';
import { plainText } from './plain-text.js';

/** What to leave out of a log. */
export interface LogFilter {
  readonly hidden: ReadonlySet<LogStream>;
  /** Shown are entries whose text or node has this, in any case. */
  readonly text: string;
}

/** An entry is immutable, so its text is made once, and only when it is looked at. */
const texts = new WeakMap<LogEntry, string>();

/** The text of an entry, without the escape sequences of terminals. */
export function entryText(entry: LogEntry): string {
  let text = texts.get(entry);
  if (text === undefined) {
    text = plainText(entry.text);
    texts.set(entry, text);
  }
  return text;
}

/**
 * The entries that pass a filter, in their order. What a node prints comes in pieces of many lines: of these only the
 * lines that have the text stay, unless it is the name of the node.
 */
export function filterLog(entries: readonly LogEntry[], { hidden, text }: LogFilter): readonly LogEntry[] {
  const wanted = text.trim().toLowerCase();
  if (hidden.size === 0 && wanted === '') return entries;
  const has = (part: string): boolean => part.toLowerCase().includes(wanted);
  return entries.flatMap((entry) => {
    if (hidden.has(entry.stream)) return [];
    if (wanted === '' || has(entry.nodeTitle ?? '')) return [entry];
    const whole = entryText(entry);
    if (!has(whole)) return [];
    const lines = whole.split('\n');
    const matching = lines.filter(has);
    return matching.length === lines.length ? [entry] : [{ ...entry, text: matching.join('\n') }];
  });
}

/** The log as text, for the clipboard: each entry behind the name of its node. */
export function logText(entries: readonly LogEntry[]): string {
  return entries
    .map((entry) => (entry.nodeTitle === undefined ? entryText(entry) : `[${entry.nodeTitle}] ${entryText(entry)}`))
    .join('\n');
}

/** Milliseconds above this are taken as the time of day (the year 2001), below as the time since some start. */
const EPOCH_LIKE = 1e12;

/** `14:03:07.250` for times of day, `+12.345 s` for others. */
export function timeText(at: number): string {
  if (at < EPOCH_LIKE) return `+${(at / 1000).toFixed(3)} s`;
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}
