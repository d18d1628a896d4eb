import type { PickedWidget } from './choose-widget.js';
import { hexOfColor } from './hex-of-color.js';

type Kind = PickedWidget['kind'];

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ]([\d:.]+)(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/i;
const HEX = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
/** Words that stand for no colour of their own. */
const NO_COLOR = /^(?:inherit|initial|unset|revert|revert-layer|var\(.*)$/i;

/** What a text stands for, as it is kept; undefined when it is no such thing. The 31st of June is none. */
export function readPicked(kind: Kind, text: string, zone = false): string | undefined {
  const written = text.trim();
  switch (kind) {
    case 'date':
      return isDate(written) ? written : undefined;
    case 'time':
      return TIME.test(written) ? written : undefined;
    case 'date-time': {
      const [, date = '', time = '', offset] = DATE_TIME.exec(written) ?? [];
      if (!isDate(date) || !TIME.test(time) || (zone && offset === undefined)) return undefined;
      return `${date}T${time}${offset?.toUpperCase() ?? ''}`;
    }
    case 'color':
      return HEX.test(written) || isNamedColor(written) ? written : undefined;
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isNamedColor(text: string): boolean {
  return typeof CSS !== 'undefined' && !NO_COLOR.test(text) && CSS.supports('color', text);
}

/** The picker of the browser shows a value in a form of its own; empty where it cannot. */
export function toPicker(kind: Kind, text: string): string {
  const known = readPicked(kind, text);
  if (known === undefined) return kind === 'color' ? '#000000' : '';
  if (kind === 'date-time') return known.replace(/(?:Z|[+-]\d{2}:?\d{2})$/, '');
  if (kind !== 'color') return known;
  if (!HEX.test(known)) return hexOfColor(known) ?? '#000000';
  const digits = known.slice(1).toLowerCase();
  return `#${digits.length < 6 ? Array.from(digits.slice(0, 3), (digit) => digit + digit).join('') : digits.slice(0, 6)}`;
}

/** The text for what was picked, in the manner of the text before: its distance from UTC and its transparency stay. */
export function fromPicker(kind: Kind, picked: string, before: string, zone = false): string {
  if (kind === 'color') return picked + (HEX.test(before) ? alphaOf(before) : '');
  if (kind !== 'date-time' || picked === '') return picked;
  const offset = DATE_TIME.exec(before.trim())?.[3];
  const withSeconds = /T\d{2}:\d{2}$/.test(picked) && zone ? `${picked}:00` : picked;
  return withSeconds + (offset ?? (zone ? localOffset(picked) : ''));
}

function alphaOf(hex: string): string {
  if (hex.length === 9) return hex.slice(7);
  return hex.length === 5 ? hex.slice(4).repeat(2) : '';
}

/** How far the clock of this place is from UTC at a moment, as in `+01:00`. */
function localOffset(moment: string): string {
  const minutes = -new Date(moment).getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A step further or back, by the arrow keys: a day, or a minute. Undefined where there are no steps. */
export function stepPicked(kind: Kind, text: string, by: 1 | -1): string | undefined {
  const known = readPicked(kind, text);
  if (known === undefined || kind === 'color') return undefined;
  if (kind === 'time') {
    const [hours = '0', minutes = '0'] = known.split(':');
    const next = (((Number(hours) * 60 + Number(minutes) + by) % 1440) + 1440) % 1440;
    return `${String(Math.floor(next / 60)).padStart(2, '0')}:${String(next % 60).padStart(2, '0')}${known.slice(5)}`;
  }
  const day = new Date(`${known.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return Number.isNaN(day.getTime()) || day.getUTCFullYear() > 9999
    ? undefined
    : day.toISOString().slice(0, 10) + known.slice(10);
}
