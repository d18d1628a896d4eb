import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { idOf, isSafe, type Raw } from '../raw.js';
import { quoted, type Report } from '../report.js';

/** How FuncNodes writes that there is no value. */
const noValue = '<NoValue>';

/** What of a port is in other places of a document, or follows from them. */
const derived = new Set(['id', 'uuid', 'full_id', 'connected', 'node', 'is_input', 'value', 'default']);
/** What the class of a node says about its ports. A file that lists whole ports has it from there. */
const ofClass = new Set(['type', 'description', 'required', 'allow_multiple', 'on']);
/** What says something only when it is not as usual. */
const usual: Readonly<Record<string, unknown>> = { hidden: false, does_trigger: true, emit_value_set: true };

/** An input or output as a file has it. */
export interface ReadIo {
  readonly id: string;
  readonly raw: Raw;
}

/** The inputs and outputs of a node: by id, only with what differs from its class, or as a whole list. */
export function readIos(raw: Raw, path: readonly (string | number)[], most: number, report: Report): ReadIo[] {
  const entries = entriesAt(raw, 'io', most, report, path);
  report.countPorts(entries.length);
  return entries.flatMap(([place, io]) => {
    const id = isRecord(io) ? (idOf(io.id) ?? (typeof place === 'string' ? place : undefined)) : undefined;
    if (isRecord(io) && id !== undefined && isSafe(id)) return [{ id, raw: io }];
    const message = `The port ${quoted(place)} of a node is no object, or has no id that can be used. It was left out.`;
    return report.error('import/port', [...path, 'io', place], message) ?? [];
  });
}

/** The literal of an input: what it was set to, else its default; absent when there is none. */
export function literalOf({ raw }: ReadIo, isConnected: boolean): { readonly value: unknown } | undefined {
  // What a wire brought was computed, and is computed again.
  if (!isConnected && isValue(raw.value)) return { value: raw.value };
  return isValue(raw.default) ? { value: raw.default } : undefined;
}

/** Whether a port holds something that was computed. */
export function isComputed({ raw }: ReadIo, isInput: boolean, isConnected: boolean): boolean {
  return isValue(raw.value) && (!isInput || isConnected);
}

function isValue(value: unknown): boolean {
  return value !== undefined && value !== noValue && !(isRecord(value) && value.type === noValue);
}

/** What a port says that a document has no place for. */
export function restOfIo({ id, raw }: ReadIo, isWhole: boolean): Record<string, unknown> {
  const says = ([key, value]: [string, unknown]): boolean => {
    if (value === undefined || value === null || derived.has(key) || (isWhole && ofClass.has(key))) return false;
    if (key === 'name' && (value === id || value === raw.full_id)) return false;
    const isEmpty = isRecord(value) && Object.keys(value).length === 0;
    return !isEmpty && !(Object.hasOwn(usual, key) && usual[key] === value);
  };
  return Object.fromEntries(Object.entries(raw).filter(says));
}
