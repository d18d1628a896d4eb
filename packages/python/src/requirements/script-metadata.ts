import type { ReadRequirements, RequirementProblem } from './requirements-text.js';
import { readRequirements } from './requirements-text.js';

/** The expression of PEP 723. */
const BLOCK = /^# \/\/\/ script$\s(?<content>(?:^#(?:| .*)$\s)+)^# \/\/\/$/gm;

/**
 * Reads the requirements of the `# /// script` block of a source (PEP 723), without Python. A source without one requires
 * nothing.
 *
 * @example
 * ```ts
 * readScriptRequirements('# /// script\n# dependencies = ["numpy>=2"]\n# ///\n').requirements; // ['numpy>=2']
 * ```
 */
export function readScriptRequirements(source: string): ReadRequirements {
  const text = source.replace(/\r\n?/g, '\n');
  const blocks = [...text.matchAll(BLOCK)];
  const [block] = blocks;
  if (!block) return { requirements: [], problems: [] };
  const line = text.slice(0, block.index).split('\n').length;
  if (blocks.length > 1) return withProblem(line, 'The source has several "# /// script" blocks; only one is allowed.');
  const toml = (block.groups?.content ?? '').replace(/^# ?/gm, '');
  const dependencies = dependenciesOf(toml);
  if (typeof dependencies === 'string') return withProblem(line, dependencies);
  const read = readRequirements(dependencies.join('\n'));
  return { ...read, problems: read.problems.map(({ message }) => ({ line, message })) };
}

function withProblem(line: number, message: string): ReadRequirements {
  const problem: RequirementProblem = { line, message };
  return { requirements: [], problems: [problem] };
}

/** The strings of `dependencies`, or what is wrong with it. Of TOML only what can stand there is read. */
function dependenciesOf(toml: string): readonly string[] | string {
  // Keys behind the head of a table belong to that.
  const [top = ''] = toml.split(/^\s*\[/m);
  const start = /^[ \t]*(?:dependencies|"dependencies"|'dependencies')[ \t]*=[ \t]*/m.exec(top);
  if (!start) return [];
  // The list itself may have brackets at the beginning of lines, so it is read from the whole.
  const rest = toml.slice(start.index + start[0].length);
  if (!rest.startsWith('[')) return '"dependencies" of the "# /// script" block is not a list.';
  const strings: string[] = [];
  const token = /\s*(?:#[^\n]*|,|(?<end>\])|'(?<literal>[^'\n]*)'|(?<basic>"(?:[^"\\\n]|\\.)*"))/y;
  token.lastIndex = 1;
  for (let match = token.exec(rest); match; match = token.exec(rest)) {
    const { end, literal, basic } = match.groups ?? {};
    if (end) return strings;
    if (literal !== undefined) strings.push(literal);
    if (basic !== undefined) {
      const text = unescaped(basic);
      if (text === undefined) return `${basic} in the "# /// script" block cannot be read.`;
      strings.push(text);
    }
  }
  return '"dependencies" of the "# /// script" block has something that is no string, or does not end.';
}

/** Escapes of TOML that JSON does not have are of no use in a requirement. */
function unescaped(basic: string): string | undefined {
  try {
    return JSON.parse(basic) as string;
  } catch {
    return undefined;
  }
}
