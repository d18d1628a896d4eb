import type { Engine, NodeError, OutputSummary, RunResult } from '@loom/engine';
import { type FlowDocument, type Json, type NodeId, zoneOf } from '@loom/graph';
import { jsonOf } from './json-value.js';
import type { NodeTitle } from './node-titles.js';
import { textOfPreview } from './preview-text.js';
import { isShown } from './shown-outputs.js';
import { formatSkipped, type SkippedNode } from './skipped-nodes.js';
import { formatWritten, type WrittenOutput } from './write-outputs.js';

/** The object that `loom run --json` prints. */
export interface Report {
  readonly status: RunResult['status'];
  readonly counts: RunResult['counts'];
  /** The value where it is small and can be written as JSON, else `{"$preview": MIME bundle, "type": …}`. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly errors: readonly {
    readonly node: string;
    readonly code: string;
    readonly message: string;
    /** The line in the node's source, from 1; null where the error has no place in it. */
    readonly line: number | null;
  }[];
  /** What did not run, and why. */
  readonly skipped: readonly SkippedNode[];
  /** What `--out` has written, and what it could not write and why. */
  readonly written?: readonly WrittenOutput[];
  readonly durationMs: number;
}

/** Collects the report of a run that has ended; the engine must still be alive, for it holds the values. */
export async function createReport(
  engine: Engine,
  result: RunResult,
  { skipped, written }: Pick<Report, 'skipped' | 'written'>,
): Promise<Report> {
  const outputs: Record<string, Record<string, Json>> = {};
  for (const [node, ports] of Object.entries(result.outputs)) {
    const values: Record<string, Json> = {};
    for (const [port, summary] of Object.entries(ports)) values[port] = await valueOrPreview(engine, summary);
    outputs[node] = values;
  }
  return {
    status: result.status,
    counts: result.counts,
    outputs,
    errors: result.errors.map(({ node, error }) => ({
      node,
      code: error.code,
      message: error.message,
      line: lineOf(error),
    })),
    skipped,
    ...(written && { written }),
    durationMs: result.durationMs,
  };
}

async function valueOrPreview(engine: Engine, summary: OutputSummary): Promise<Json> {
  const preview = {
    $preview: summary.preview.data,
    type: summary.typeName,
    ...(summary.shape === undefined ? {} : { shape: summary.shape }),
  };
  // A preview that was cut stands for a value that is too large to print.
  if (summary.preview.truncated) return preview;
  try {
    return jsonOf(await engine.read(summary.ref)) ?? preview;
  } catch {
    // Values that stay where they are (drawings, handles of libraries) are shown, not moved.
    return preview;
  }
}

/** The innermost line of the user's own source. */
function lineOf(error: NodeError): number | null {
  return error.frames.findLast((frame) => frame.typeId !== undefined)?.line ?? error.frames.at(-1)?.line ?? null;
}

/**
 * The results for people: what comes out at the ends of the flow and at its promoted outputs, then errors, then what was
 * skipped, then one line of summary.
 */
export function formatResult(
  document: FlowDocument,
  title: NodeTitle,
  result: RunResult & Pick<Report, 'skipped' | 'written'>,
): string {
  const parts: string[] = [];
  for (const [node, ports] of Object.entries(result.outputs)) {
    for (const [port, summary] of Object.entries(ports)) {
      if (!isShown(document, node, port)) continue;
      const name = Object.keys(ports).length > 1 ? `${title(node)}: ${port}` : title(node);
      const shape = summary.shape === undefined ? '' : `, ${summary.shape}`;
      parts.push(`${name} (${summary.typeName}${shape})\n${indent(textOfPreview(summary))}`);
    }
  }
  for (const { node, error } of result.errors) {
    parts.push(
      `${title(node)} failed${placeOf(document, title, node)}: ${error.message}\n${indent(error.traceback ?? '')}`.trimEnd(),
    );
  }
  if (result.skipped.length > 0) parts.push(formatSkipped(result.skipped, title));
  if (result.written) parts.push(...formatWritten(result.written));
  const { success, error, skipped, cancelled } = result.counts;
  const counts = [
    `${success} done`,
    ...some(error, 'failed'),
    ...some(skipped, 'skipped'),
    ...some(cancelled, 'cancelled'),
  ];
  parts.push(`${result.status} in ${(result.durationMs / 1000).toFixed(2)} s: ${counts.join(', ')}`);
  return `${parts.join('\n\n')}\n`;
}

/** In which zone a node failed. One that lists its errors goes on, and so does the run. */
function placeOf(document: FlowDocument, title: NodeTitle, node: NodeId): string {
  const zone = zoneOf(document, node);
  if (zone === undefined) return '';
  const settings = document.nodes[zone]?.settings?.zone;
  const goesOn = settings && settings.kind !== 'group' && settings.onError === 'collect';
  return ` in "${title(zone)}"${goesOn ? ', which lists its errors and goes on' : ''}`;
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
