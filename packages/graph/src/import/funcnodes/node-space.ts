import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { parseJson, type Raw } from '../raw.js';
import { quoted, type Report } from '../report.js';

/** The parts of a FuncNodes file, whichever way it was saved. */
export interface NodeSpace {
  readonly space: Raw;
  /** The state of the worker around the node space. */
  readonly worker: Raw;
  /** How the worker was set up. */
  readonly config: Raw;
}

/** What only a worker that runs has to say. */
const liveKeys = new Set(['worker', 'progress_state', 'worker_dependencies', 'status', 'runstate']);

/** Finds the node space in a file: alone, in the state of a worker, or in an unpacked .fnw. */
export function readNodeSpace(raw: Raw, report: Report): NodeSpace | undefined {
  if (isRecord(raw.backend)) return { space: raw.backend, worker: raw, config: {} };
  if (!('state' in raw) || 'nodes' in raw) return { space: raw, worker: {}, config: {} };
  const state = parsePart(raw, 'state', report);
  if (!state) return undefined;
  const config = raw.config === undefined ? {} : (parsePart(raw, 'config', report) ?? {});
  for (const key of Object.keys(raw)) {
    if (key === 'state' || key === 'config') continue;
    const message = 'Files of the archive were left out. Give the app what the flow reads.';
    report.gather('import/files', [key], message, key);
  }
  return isRecord(state.backend)
    ? { space: state.backend, worker: state, config }
    : { space: state, worker: {}, config };
}

/** A part of an archive, which is a JSON file in it. */
function parsePart(raw: Raw, key: string, report: Report): Raw | undefined {
  const part = raw[key];
  try {
    const parsed = typeof part === 'string' ? parseJson(part) : part;
    if (isRecord(parsed)) return parsed;
  } catch {
    // Told below: text that is no JSON is no object either.
  }
  return report.error('import/archive-part', [key], `The part ${quoted(key)} of the archive is no JSON object.`);
}

/** What the state of a worker holds beside its node space. Gives what is kept of it. */
export function readWorker({ worker, space }: NodeSpace, most: number, report: Report): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(worker)) {
    if (liveKeys.has(key)) {
      report.gather('import/run-state', [key], 'What only a running worker has was left out.', key);
    } else if (key !== 'backend' && key !== 'external_workers') kept[key] = worker[key];
  }
  const { view } = worker;
  if (!isRecord(view) || Object.values(view).every((part) => isRecord(part) && isBare(part))) delete kept.view;
  else {
    const message =
      'The file says how values of some Python types are shown and entered. It is kept under "meta", and does nothing.';
    report.warning('import/set-aside', ['view'], message);
  }
  reportObjects(worker, most, report);
  if (space.prop !== undefined && !(isRecord(space.prop) && isBare(space.prop))) kept.prop = space.prop;
  return kept;
}

/** Whether tables hold nothing. */
function isBare(tables: Raw): boolean {
  return Object.values(tables).every((table) => isRecord(table) && Object.keys(table).length === 0);
}

/** Objects that live in a worker, and whose methods are nodes: they cannot live in a file. */
function reportObjects(worker: Raw, most: number, report: Report): void {
  for (const [name, list] of entriesAt(worker, 'external_workers', most, report)) {
    const count = Array.isArray(list) ? list.length : 1;
    if (count === 0) continue;
    const objects = count === 1 ? 'an object' : `${count} objects`;
    const message = `The file needs ${objects} of the worker class ${quoted(name)}, with nodes of its own. It was left out: make such an object in the source of a node, or in the app.`;
    report.error('import/external-worker', ['external_workers', name], message);
  }
}
