import { defaultLimits, type LoadLimits } from '../../load/limits.js';
import type { LoadOptions, LoadResult } from '../../load/load.js';
import { formatOf } from '../detect-format.js';
import { documentOf } from '../document-of.js';
import { fitContainers } from '../layout.js';
import { type Raw, recordAt, textAt, without } from '../raw.js';
import type { Report } from '../report.js';
import { runImport } from '../run-import.js';
import { Sketch } from '../sketch.js';
import { noConditions, turnConditional } from './conditional.js';
import { turnEvent } from './events.js';
import { joinWays } from './joins.js';
import { mergeInputs } from './merge-inputs.js';
import type { Mode, OldFlow, OldNode } from './old-flow.js';
import { turnParallel } from './parallel.js';
import { readConnections } from './read-connections.js';
import { readNodes } from './read-nodes.js';
import { turnLoops } from './turn-loops.js';
import { TypeBook } from './type-book.js';

/** Options of {@link importOldLoom}. */
export interface OldLoomOptions extends LoadOptions {
  /**
   * The Python scripts of the project, by their path in the file or by their name. The file itself only names them;
   * with them the flow is self-contained. Nothing of them is run.
   */
  readonly scripts?: Readonly<Record<string, string>>;
}

const placed = new Set(['nodes', 'connections']);

/**
 * Opens a `savefile.json` of the old Loom, as text or parsed. Like {@link load} it never throws, runs nothing, takes a
 * copy and reads within limits; what cannot be carried over is an issue. Execution modes become branches, zones, merges
 * and event nodes. A library gives ports their names where the file has positions only, and checks the result.
 *
 * @example
 * ```ts
 * const { document, issues } = importOldLoom(await file.text(), { scripts: { 'sort.py': source } });
 * for (const issue of issues) console.warn(issue.message);
 * ```
 */
export function importOldLoom(data: unknown, options: OldLoomOptions = {}): LoadResult {
  return runImport(data, options, (raw, report) => read(raw, options, report));
}

function read(raw: Raw, options: OldLoomOptions, report: Report): Record<string, unknown> | undefined {
  if (formatOf(raw) !== 'old-loom') {
    const message = 'This is no savefile.json of the old Loom: it has no "nodes" with "nodeId" and no "connections".';
    return report.error('import/wrong-format', [], message);
  }
  const limits: LoadLimits = { ...defaultLimits, ...options.limits };
  const book = new TypeBook(report, options.library, options.scripts);
  const sketch = new Sketch();
  const { nodes, rest } = readNodes(raw, limits.nodes, sketch, book, report);
  readConnections(raw, limits.nodes * 10, nodes, sketch, report);
  const flow: OldFlow = { nodes, sketch, report, standIns: new Map() };
  turnModes(flow);
  book.finish(sketch.nodes);
  const metadata = recordAt(raw, 'metadata');
  const title = textAt(raw, 'projectName');
  const file = without(raw, placed);
  if (title !== undefined) delete file.projectName;
  const description = textAt(metadata, 'description');
  return documentOf(sketch, {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    types: book.types,
    meta: { imported: { format: 'old-loom', file, nodes: Object.fromEntries(rest) } },
  });
}

/** What the execution modes of nodes become, in an order in which each step finds what it needs. */
function turnModes(flow: OldFlow): void {
  const of = (mode: Mode): OldNode[] => [...flow.nodes.values()].filter((node) => node.mode === mode);
  for (const node of of('event')) turnEvent(flow, node);
  for (const node of of('parallel')) turnParallel(flow, node);
  const conditions = noConditions();
  for (const node of of('conditional')) turnConditional(flow, node, conditions);
  const meeting = joinWays(flow, conditions);
  const zones = turnLoops(flow);
  mergeInputs(flow, new Set(zones), meeting);
  fitContainers(flow.sketch, zones);
}
