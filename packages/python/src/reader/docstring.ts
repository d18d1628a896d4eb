/** What a docstring says about a function, by the Google conventions. */
export interface Docstring {
  /** The first paragraph, on one line. */
  readonly summary?: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** The `Returns:` or `Yields:` section as one text. */
  readonly returns?: string;
  /** Its entries, when every line of it is `name: text`. */
  readonly returned: ReadonlyMap<string, string>;
}

const SECTION =
  /^(Args|Arguments|Parameters|Params|Keyword Args|Keyword Arguments|Other Parameters|Returns?|Yields?|Raises|Examples?|Notes?|Attributes|Todo|Warns|Warnings?|See Also|References):[ \t]*$/;
const PARAMETERS = /^(Args|Arguments|Parameters|Params|Keyword Args|Keyword Arguments|Other Parameters)$/;
const RETURNS = /^(Returns?|Yields?)$/;
const PARAMETER_ENTRY = /^\*{0,2}([^\s:(]+)\s*(?:\([^)]*\))?\s*:\s*(.*)$/;
const RETURN_ENTRY = /^([\p{ID_Start}_][\p{ID_Continue}]*)\s*(?:\([^)]*\))?\s*:\s*(.*)$/u;

/** Splits a docstring into summary and sections. Any text is fine. */
export function parseDocstring(text: string): Docstring {
  const lines = dedent(text);
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  sections.set('', current);
  for (const line of lines) {
    const name = SECTION.exec(line)?.[1];
    if (name !== undefined) {
      current = [];
      sections.set(PARAMETERS.test(name) ? 'parameters' : RETURNS.test(name) ? 'returns' : name, current);
    } else current.push(line);
  }
  const summary = firstParagraph(sections.get('') ?? []);
  const returnLines = sections.get('returns') ?? [];
  const returns = joined(returnLines);
  return {
    ...(summary && { summary }),
    ...(returns && { returns }),
    parameters: entries(sections.get('parameters') ?? [], PARAMETER_ENTRY) ?? new Map(),
    returned: entries(returnLines, RETURN_ENTRY, true) ?? new Map(),
  };
}

/** Lines without their common indentation; the first line has none of its own. */
function dedent(text: string): string[] {
  const [first = '', ...rest] = text.replaceAll('\t', '        ').split('\n');
  const margin = Math.min(...rest.filter((line) => line.trim()).map(indentOf));
  return [first.trim(), ...rest.map((line) => line.slice(Number.isFinite(margin) ? margin : 0).trimEnd())];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function firstParagraph(lines: readonly string[]): string {
  const start = lines.findIndex((line) => line.trim());
  if (start < 0) return '';
  const length = lines.slice(start).findIndex((line) => !line.trim());
  return joined(length < 0 ? lines.slice(start) : lines.slice(start, start + length));
}

function joined(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
}

/** Entries start at the indentation of the first one; deeper lines go on with the text. `strict`: all must fit. */
function entries(lines: readonly string[], pattern: RegExp, strict = false): Map<string, string> | undefined {
  const found = new Map<string, string>();
  const filled = lines.filter((line) => line.trim());
  const base = filled[0] === undefined ? 0 : indentOf(filled[0]);
  let name: string | undefined;
  for (const line of filled) {
    const entry = indentOf(line) <= base ? pattern.exec(line.trim()) : undefined;
    if (entry) {
      name = entry[1] ?? '';
      found.set(name, entry[2] ?? '');
    } else if (strict && indentOf(line) <= base) return undefined;
    else if (name !== undefined) found.set(name, `${found.get(name)} ${line.trim()}`.trim());
  }
  return found;
}
