import type { Issue } from '../issue.js';
import type { LoadLimits } from '../load/limits.js';
import { TooLarge } from '../load/reading.js';

/** A file that is wrong everywhere would otherwise yield a report larger than itself. */
const maxIssues = 1000;
/** Of many alike, so many are named. */
const maxNamed = 5;
/** Names come from the file and may be as long as it. */
const maxShown = 80;
/** Steps along wires for finding loops and joins, some seconds. A flow of a thousand nodes and fifty loops takes two million. */
const maxSteps = 10_000_000;

type Path = Issue['path'];

/** Things that share one message. */
interface Gathered {
  readonly code: string;
  readonly path: Path;
  readonly names: string[];
  count: number;
}

/**
 * What is said about one import, and how much work it may still cost. A path whose first two keys are a table and an id
 * of the document leads there; what was left out has its place in the file, where lists are counted from 0.
 */
export class Report {
  readonly #issues: Issue[] = [];
  readonly #gathered = new Map<string, Gathered>();
  readonly #leftOut = new Map<string, string | number>();
  #ports: number;
  #steps = maxSteps;

  constructor(limits: LoadLimits) {
    // As many ports as a document may have wires.
    this.#ports = limits.nodes * 10;
  }

  error(code: string, path: Path, message: string): undefined {
    this.#add({ code, severity: 'error', path, message });
  }

  warning(code: string, path: Path, message: string): undefined {
    this.#add({ code, severity: 'warning', path, message });
  }

  /** One warning for all that share a message; their names follow it. */
  gather(code: string, path: Path, message: string, name: string): undefined {
    const found = this.#gathered.get(message);
    if (!found) this.#gathered.set(message, { code, path, names: [name], count: 1 });
    else if (++found.count <= maxNamed) found.names.push(name);
  }

  /** Ends the import when the file has more ports than it may. Shared parts make small input endless. */
  countPorts(count: number): void {
    this.#ports -= count;
    if (this.#ports < 0) throw new TooLarge();
  }

  /** Whether so many more steps may be taken along wires. */
  maySpend(steps: number): boolean {
    this.#steps -= steps;
    return this.#steps >= 0;
  }

  /** Ends the import when more steps along wires are needed than any file takes that was not made for it. */
  spend(steps: number): void {
    if (!this.maySpend(steps)) throw new TooLarge();
  }

  /** Says that a node of the file is not in the document: issues about it name its place in the file. */
  leaveOut(id: string, place: string | number): void {
    this.#leftOut.set(id, place);
  }

  /** All issues, those for many things last. */
  finish(): readonly Issue[] {
    for (const [message, { code, path, names, count }] of this.#gathered) {
      const more = count > names.length ? `, and ${count - names.length} more` : '';
      this.warning(code, path, `${message} Here: ${names.map(quoted).join(', ')}${more}.`);
    }
    this.#gathered.clear();
    return this.#issues.map((issue) => {
      const [table, id] = issue.path;
      const place = table === 'nodes' && typeof id === 'string' ? this.#leftOut.get(id) : undefined;
      return place === undefined ? issue : { ...issue, path: ['nodes', place] };
    });
  }

  #add(issue: Issue): void {
    if (this.#issues.length < maxIssues) this.#issues.push(issue);
    else if (this.#issues.length === maxIssues) {
      const message = `There are more than ${maxIssues} issues; the rest is not listed.`;
      this.#issues.push({ code: 'document/more-issues', severity: 'warning', message, path: [] });
    }
  }
}

/** A value of the file as it is shown in a message. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > maxShown ? `${value.slice(0, maxShown)}…` : value}"`;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : 'an object';
}
