import { defaultLimits } from '../../load/limits.js';
import type { LoadOptions, LoadResult } from '../../load/load.js';
import { formatOf } from '../detect-format.js';
import { documentOf } from '../document-of.js';
import { fitContainers } from '../layout.js';
import { textAt, without } from '../raw.js';
import type { Report } from '../report.js';
import { runImport } from '../run-import.js';
import { Sketch } from '../sketch.js';
import { EdgeEnds, layEdges, readEdges } from './edges.js';
import { readGroups } from './groups.js';
import { readShelves, reportTypes } from './missing-types.js';
import { type NodeSpace, readNodeSpace, readWorker } from './node-space.js';
import { readNodes } from './nodes.js';
import { readRequirements } from './requirements.js';

const spaceKeys = new Set(['nodes', 'edges', 'groups', 'prop', 'lib']);

/**
 * Opens a flow of FuncNodes, as text or parsed: a node space, the state of a worker, or the parts of an unpacked .fnw
 * as `{ state, config }`. Like {@link load} it never throws, runs nothing, takes a copy and reads within limits; what
 * cannot be carried over is an issue. The functions of FuncNodes are not in its files: nodes keep the type
 * `funcnodes/<node_id>`, which an app may put on a shelf.
 *
 * @example
 * ```ts
 * const { document, issues } = importFuncNodes(await file.text());
 * for (const issue of issues) console.warn(issue.message);
 * ```
 */
export function importFuncNodes(data: unknown, options: LoadOptions = {}): LoadResult {
  return runImport(data, options, (raw, report) => {
    const found = formatOf(raw) === 'funcnodes' ? readNodeSpace(raw, report) : undefined;
    if (found) return read(found, options, report);
    const message = 'This is no flow of FuncNodes: it has neither a "backend" nor "nodes" with "node_id".';
    return report.error('import/wrong-format', [], message);
  });
}

function read(found: NodeSpace, options: LoadOptions, report: Report): Record<string, unknown> {
  const { space, config } = found;
  const { nodes: most } = { ...defaultLimits, ...options.limits };
  const sketch = new Sketch();
  const edges = readEdges(space, most * 10, report);
  const ends = new EdgeEnds(edges);
  const { rest, types } = readNodes(space, ends, most, sketch, report);
  layEdges(edges, ends, sketch, report);
  const groups = readGroups(space, most, sketch, report);
  fitContainers(sketch, groups.ids);
  const requirements = readRequirements(config, most, report);
  reportTypes(types, readShelves(space.lib, most, report), requirements, options.library, report);
  const title = textAt(config, 'name');
  return documentOf(sketch, {
    ...(title !== undefined && { title }),
    ...(requirements.length > 0 && { environment: { python: { requirements } } }),
    // There, every change runs what hangs on it.
    settings: { mode: 'auto' },
    meta: {
      imported: {
        format: 'funcnodes',
        file: { ...restOfSpace(found, report), ...readWorker(found, most, report) },
        nodes: Object.fromEntries([...rest, ...groups.rest]),
      },
    },
  });
}

/** What a node space has beside its graph, and a worker beside its packages. */
function restOfSpace({ space, config }: NodeSpace, report: Report): Record<string, unknown> {
  for (const key of Object.keys(config)) {
    if (key === 'name' || key === 'package_dependencies') continue;
    const message = 'How the worker was set up on its computer was left out.';
    report.gather('import/worker-config', ['config', key], message, key);
  }
  if (space.lib !== undefined) {
    report.gather('import/run-state', ['lib'], 'What only a running worker has was left out.', 'lib');
  }
  return without(space, spaceKeys);
}
