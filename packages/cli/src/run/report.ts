import type { Engine, NodeError, OutputSummary, RunResult } from '@loom/engine';
import { type FlowDocument, graphIndex, type Json } from '@loom/graph';
import { jsonOf } from './json-value.js';
import { textOfPreview } from './preview-text.js';

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
  readonly durationMs: number;
}

/** Collects the report of a run that has ended; the engine must still be alive, for it holds the values. */
export async function createReport(engine: Engine, result: RunResult): Promise<Report> {
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

/** The results for people: what comes out at the ends of the flow, then errors, then one line of summary. */
export function formatResult(document: FlowDocument, title: (node: string) => string, result: RunResult): string {
  const index = graphIndex(document);
  const parts: string[] = [];
  for (const [node, ports] of Object.entries(result.outputs)) {
    if (index.outgoing(node).length > 0) continue;
    for (const [port, summary] of Object.entries(ports)) {
      const name = Object.keys(ports).length > 1 ? `${title(node)}: ${port}` : title(node);
      const shape = summary.shape === undefined ? '' : `, ${summary.shape}`;
      parts.push(`${name} (${summary.typeName}${shape})\n${indent(textOfPreview(summary))}`);
    }
  }
  for (const { node, error } of result.errors) {
    parts.push(`${title(node)} failed: ${error.message}\n${indent(error.traceback ?? '')}`.trimEnd());
  }
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

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
