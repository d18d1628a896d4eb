import type { PortType } from '../../port-type.js';
import type { Report } from '../report.js';

const number = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
/** Longer texts are none of these. */
const maxLength = 400;
const flag = /^\s*(true|false)\s*$/i;

/**
 * The literal for a value of the file. The old Loom keeps what is typed as text and guesses when it runs, so that "007"
 * is 7. Here the type of the port decides; where it is not known, text stays text, and that is said.
 */
export function literalOf(
  value: unknown,
  type: PortType | undefined,
  node: string,
  port: string,
  report: Report,
): unknown {
  if (typeof value !== 'string' || value.length > maxLength) return value;
  const truth = flag.exec(value)?.[1]?.toLowerCase();
  switch (type?.kind) {
    case 'number':
      return number.test(value) ? Number(value) : value;
    case 'int':
      return number.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    case 'bool':
      return truth === undefined ? value : truth === 'true';
    case undefined:
    case 'any':
      if (truth === undefined && !number.test(value)) return value;
      report.gather(
        'import/text-value',
        ['nodes', node, 'inputs', port],
        'These inputs hold text that looks like a number or a flag. The old Loom guessed when it ran; here text stays ' +
          'text. Enter the value anew where it is none.',
        `${node}.${port}`,
      );
      return value;
    default:
      return value;
  }
}
