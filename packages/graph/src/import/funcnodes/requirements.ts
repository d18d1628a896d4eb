import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { type Raw, textAt } from '../raw.js';
import { quoted, type Report } from '../report.js';

/** The name of a distribution, with extras. */
const distribution = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\[[A-Za-z0-9._, -]*\])?$/;
/** A version, or what one must be. */
const version = /^[0-9][\w.+!-]*$/;
const constraint = /^\s*(?:===|==|[<>!~]=|[<>])\s*\w[\w.*+!-]*\s*$/;
/** Longer ones are no versions. */
const maxLength = 200;

/** Makes requirements of the packages of a worker; those that are folders of one computer are reported. */
export function readRequirements(config: Raw, most: number, report: Report): string[] {
  return entriesAt(config, 'package_dependencies', most, report, ['config']).flatMap(([name, raw]) => {
    const entry: Raw = isRecord(raw) ? raw : {};
    const requirement = requirementOf(textAt(entry, 'package') ?? String(name), entry);
    if (requirement !== undefined) return requirement;
    const where =
      entry.path === undefined ? 'its name or version cannot be read' : 'it is a folder on the computer of its author';
    const message = `The package ${quoted(name)} was left out: ${where}. Add it to the requirements of the flow.`;
    report.error('import/package', ['config', 'package_dependencies', name], message);
    return [];
  });
}

function requirementOf(name: string, entry: Raw): string | undefined {
  if (name.length > maxLength || !distribution.test(name) || (entry.path !== undefined && entry.path !== null))
    return undefined;
  const wanted = entry.version;
  if (wanted === undefined || wanted === null || wanted === '' || wanted === 'latest') return name;
  if (typeof wanted !== 'string' || wanted.length > maxLength) return undefined;
  if (version.test(wanted)) return `${name}==${wanted}`;
  return wanted.split(',').every((part) => constraint.test(part)) ? `${name}${wanted}` : undefined;
}
