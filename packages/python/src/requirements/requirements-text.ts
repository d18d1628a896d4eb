/** A line that is no requirement, and why. */
export interface RequirementProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Requirements that were read out of a text. What could not be read is told and left out. */
export interface ReadRequirements {
  /** PEP 508 requirements, in order, each once. */
  readonly requirements: readonly string[];
  readonly problems: readonly RequirementProblem[];
}

const BEGINS_WITH_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:$|[[(<>=!~;@])/;

/**
 * Reads the text of a `requirements.txt`: comments, continued lines and conditions, but no options of pip (`-r`,
 * `--index-url`): where packages come from is the app's to say.
 *
 * @example
 * ```ts
 * readRequirements('numpy>=2  # arrays\nattrs').requirements; // ['numpy>=2', 'attrs']
 * ```
 */
export function readRequirements(text: string): ReadRequirements {
  const requirements = new Set<string>();
  const problems: RequirementProblem[] = [];
  for (const { line, content } of logicalLines(text)) {
    const requirement = content.replace(/(^|\s)#.*$/, '').trim();
    if (requirement === '') continue;
    const problem = problemOf(requirement);
    if (problem) problems.push({ line, message: problem });
    else requirements.add(requirement);
  }
  return { requirements: [...requirements], problems };
}

function problemOf(requirement: string): string | undefined {
  if (requirement.startsWith('-')) {
    const [option] = requirement.split(/[\s=]/);
    return `"${option}" is an option of pip, which has no meaning here: list the packages themselves.`;
  }
  if (/\s--hash[= ]/.test(requirement)) {
    return `"${requirement}" has a hash: hashes are kept in the lock of the flow, take them out here.`;
  }
  if (/^(?:\.{0,2}\/|[a-z+]+:\/\/)/i.test(requirement)) {
    return `"${requirement}" is an address: write its name before it, as in "name @ ${requirement}".`;
  }
  if (!BEGINS_WITH_NAME.test(requirement)) return `"${requirement}" is not a Python requirement, such as numpy>=2.`;
  return undefined;
}

/** Lines as pip reads them: a backslash at the end joins the next one. */
function logicalLines(text: string): readonly { readonly line: number; readonly content: string }[] {
  const lines: { line: number; content: string }[] = [];
  let open: { line: number; content: string } | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const goesOn = raw.endsWith('\\');
    const part = goesOn ? raw.slice(0, -1) : raw;
    open = open ? { ...open, content: open.content + part } : { line: index + 1, content: part };
    if (goesOn) continue;
    lines.push(open);
    open = undefined;
  }
  if (open) lines.push(open);
  return lines;
}
