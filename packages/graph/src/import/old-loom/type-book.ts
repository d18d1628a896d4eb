import type { FlowType } from '../../document.js';
import type { Library } from '../../library.js';
import type { NodeType } from '../../node-type.js';
import { Names, type Raw, textAt } from '../raw.js';
import { quoted, type Report } from '../report.js';
import type { PortList, SketchNode } from '../sketch.js';

/** What the type of a node is made of. */
export interface TypeRequest {
  readonly id: string;
  readonly raw: Raw;
  readonly metadata: Raw;
  /** Names by position, where the file has them. */
  readonly inputs: readonly string[] | undefined;
  readonly outputs: readonly string[] | undefined;
}

/** A node type with the ports of one of its nodes. */
export interface TypeAnswer {
  readonly type: string;
  readonly inputs: PortList;
  readonly outputs: PortList;
  readonly definition: NodeType | undefined;
}

/** The types that a file uses: Python functions whose source is at hand, and names of others. */
export class TypeBook {
  readonly types: Record<string, FlowType> = {};
  readonly #report: Report;
  readonly #library: Library | undefined;
  readonly #scripts: ReadonlyMap<string, string>;
  readonly #names = new Names();
  /** Type ids by source and function, or by the script that is missing. */
  readonly #ids = new Map<string, string>();
  /** What nodes of types that nobody defines need. */
  readonly #unknown = new Map<string, string>();

  constructor(report: Report, library: Library | undefined, scripts: Readonly<Record<string, string>> | undefined) {
    this.#report = report;
    this.#library = library;
    this.#scripts = scriptsByName(scripts ?? {});
  }

  /** The type of a node that is a function. */
  typeOf(request: TypeRequest): TypeAnswer {
    const path = textAt(request.raw, 'scriptPath');
    const isConditional = request.metadata.execution_mode === 'conditional';
    const condition = isConditional ? textAt(request.metadata, 'condition_func') : undefined;
    const entry = condition ?? textAt(request.raw, 'entryFunction');
    const source =
      textAt(request.raw, 'code', 'source') ??
      textAt(request.metadata, 'code', 'source') ??
      (path === undefined ? undefined : (this.#scripts.get(path) ?? this.#scripts.get(fileName(path))));
    const wanted = typeName(request, path, entry);
    const key = JSON.stringify(source === undefined ? [wanted, path ?? null] : [source, entry ?? null, 'source']);
    const type = this.#ids.get(key) ?? this.#names.take(wanted);
    this.#ids.set(key, type);
    if (source !== undefined) this.types[type] ??= { kind: 'python', source, ...(entry !== undefined && { entry }) };
    const definition = this.#library?.resolve({ types: this.types }, type);
    const known = definition && definition.implementation.kind !== 'missing' ? definition : undefined;
    if (source === undefined && !known) this.#unknown.set(type, needOf(type, path, entry));
    return { type, definition: known, ...this.#ports(request, known, source !== undefined, type) };
  }

  /** Says which types of these nodes are missing, each once. */
  finish(nodes: ReadonlyMap<string, SketchNode>): void {
    const users = new Map<string, string[]>();
    for (const [id, { type }] of nodes) {
      const found = users.get(type);
      if (found) found.push(id);
      else if (this.#unknown.has(type)) users.set(type, [id]);
    }
    for (const [type, [first = '', ...others]] of users) {
      const need = others.length > 0 ? `and ${others.length} more need` : 'needs';
      const message =
        `Node ${quoted(first)} ${need} ${this.#unknown.get(type)}, whose source is not in the file. Give the importer ` +
        `the script, or put a node type with the id ${quoted(type)} on a shelf. Until then wires and values are kept, and it cannot run.`;
      this.#report.error('import/unknown-type', ['nodes', first, 'type'], message);
    }
  }

  #ports(
    { inputs, outputs }: TypeRequest,
    known: NodeType | undefined,
    hasSource: boolean,
    type: string,
  ): { inputs: PortList; outputs: PortList } {
    const given = inputs ?? [];
    const results = outputs ?? [];
    if (hasSource && results.length > Math.max(1, known?.outputs.length ?? 0)) {
      const message =
        'These functions give several results. Write so in the return annotation, such as "-> tuple[int, int]": wires ' +
        'lead from out1, out2 and so on.';
      this.#report.gather('import/several-results', ['types', type], message, type);
    }
    if (!known) {
      // What the reader of Python calls the results of a function that names none.
      const read = results.length > 1 ? results.map((_, index) => `out${index + 1}`) : ['result'];
      return {
        inputs: { names: given, open: inputs === undefined },
        outputs: { names: hasSource ? read : results, open: outputs === undefined },
      };
    }
    const ids = known.inputs.filter((port) => !port.inner).map((port) => port.id);
    const byName = given.length > 0 && given.every((name) => ids.includes(name));
    return {
      inputs: { names: byName ? given : [...ids, ...given.slice(ids.length)], open: false },
      outputs: { names: known.outputs.filter((port) => !port.inner).map((port) => port.id), open: false },
    };
  }
}

/** What is missing, in words. */
function needOf(type: string, path: string | undefined, entry: string | undefined): string {
  const script = path === undefined ? undefined : `the script ${quoted(fileName(path))}`;
  const called = entry === undefined ? undefined : `the function ${quoted(entry)}`;
  return [called, script].filter(Boolean).join(' of ') || `the node type ${quoted(type)} of the old Loom`;
}

/** `old-loom/custom/sort.bubble_sort`: where a function comes from, without the folders of one computer. */
function typeName({ raw, metadata, id }: TypeRequest, path: string | undefined, entry: string | undefined): string {
  const script = path === undefined ? undefined : fileName(path).replace(/\.py$/i, '');
  const parts = [script, entry].filter((part) => part !== undefined);
  const name = parts.length > 0 ? parts.join('.') : (textAt(metadata, 'operation') ?? textAt(raw, 'name') ?? id);
  return `old-loom/${textAt(raw, 'ref') ?? 'node'}/${name}`;
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

function scriptsByName(scripts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, text] of Object.entries(scripts)) {
    const name = fileName(path);
    if (!found.has(name)) found.set(name, text);
  }
  // A whole path is more exact than the name of a file.
  for (const [path, text] of Object.entries(scripts)) found.set(path, text);
  return found;
}
