import { isRecord } from '../../load/reading.js';
import { entriesOf, isSafe, Names, textAt } from '../raw.js';
import { quoted, type Report } from '../report.js';

/** Python itself once had this limit. More would make every search for a port long. */
const maxPorts = 255;

/** Ports as a file lists them. */
export interface ReadPorts {
  /** By position, all different. */
  readonly names: readonly string[];
  /** Literals by position. */
  readonly values: ReadonlyMap<number, unknown>;
}

/** Reads `[{ var, value? }]` or `["name"]`; undefined when the file does not say which ports there are. */
export function readPorts(
  list: unknown,
  path: readonly (string | number)[],
  most: number,
  report: Report,
): ReadPorts | undefined {
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list) && !isRecord(list)) {
    return report.error('import/ports', path, `A list of ports is ${quoted(list)} and was left out.`);
  }
  const side = path.at(-1) === 'outputs' ? 'out' : 'in';
  const names = new Names('_');
  const values = new Map<number, unknown>();
  const all = entriesOf(list, most);
  report.countPorts(all.length);
  if (all.length > maxPorts) {
    const message = `A node has ${all.length} ports on one side; those after the first ${maxPorts} were left out, with their values.`;
    report.error('import/too-many-ports', path, message);
  }
  const entries = all.slice(0, maxPorts);
  return {
    names: entries.map(([, port], index) => {
      if (isRecord(port) && port.value !== undefined) values.set(index, port.value);
      const given = typeof port === 'string' ? port : isRecord(port) ? textAt(port, 'var', 'name') : undefined;
      if (given !== undefined && given !== '' && isSafe(given)) return named(names, given, path, report);
      const name = names.take(`${side}${index}`);
      const message = `A port has no name that can be used (${quoted(given ?? port)}); it is called ${quoted(name)}.`;
      report.warning('import/port-name', [...path, name], message);
      return name;
    }),
    values,
  };
}

function named(names: Names, given: string, path: readonly (string | number)[], report: Report): string {
  const name = names.take(given);
  if (name !== given) {
    const message = `A second port ${quoted(given)} is called ${quoted(name)}.`;
    report.warning('import/port-name', [...path, name], message);
  }
  return name;
}
