const HOST = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const MAILBOX = /^[a-z\d.!#$%&'*+/=?^_`{|}~-]{1,64}$/i;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** What texts of a format look like. Formats that are not named here take any text, as do all in the drafts of JSON Schema. */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  time: (text) => TIME.test(text),
  'date-time': (text) => {
    const [day = '', time = '', more] = text.split(/[t\s]/i);
    return more === undefined && isDate(day) && TIME.test(time);
  },
  email: isEmail,
  hostname: (text) => HOST.test(text),
  ipv4: (text) => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text),
  uri: (text) => /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]*$/i.test(text),
  uuid: (text) => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text),
  regex: (text) => patternOf(text) !== undefined,
};

/** Whether a text has a format. */
export function hasFormat(text: string, format: string): boolean {
  return !Object.hasOwn(FORMATS, format) || FORMATS[format]?.(text) === true;
}

/** The 31st of June is none. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  // `Date.UTC` would take the years 0 to 99 for those of the last century; every 400 years the calendar repeats.
  const date = new Date(Date.UTC(Number(year) + 400, Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const name = text.slice(0, Math.max(0, at));
  return MAILBOX.test(name) && !/^\.|\.\.|\.$/.test(name) && HOST.test(text.slice(at + 1));
}

/** A pattern of a schema; undefined when this realm cannot read it. */
export function patternOf(text: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(text, flags);
    } catch {
      // Patterns of old schemas escape what needs no escape, which only the mode without `u` allows.
    }
  }
  return undefined;
}
