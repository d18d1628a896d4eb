import type { NodeId } from '@loom/graph';
import type { CompiledFlow, Container } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { planBody } from '../plan/body-plan.js';
import type { RunPlan } from '../plan/plan.js';
import type { Outputs } from '../plan/run-record.js';
import type { NodeBook } from './node-book.js';
import type { Reporter } from './reporter.js';
import { Outcome, Tally } from './tally.js';

/** What became of the nodes of zones over all their frames: told once for each node, when the outermost zone has ended. */
export class BodyTallies {
  readonly #tallies = new Map<CompiledFlow, Tally>();

  of({ flow }: RunPlan): Tally {
    let tally = this.#tallies.get(flow);
    if (!tally) {
      tally = new Tally(flow);
      this.#tallies.set(flow, tally);
    }
    return tally;
  }

  /** Errors of nodes that failed in some frame. */
  errors(): { readonly node: NodeId; readonly error: NodeError }[] {
    return Array.from(this.#tallies).flatMap(
      ([{ ids }, { errors }]) => Array.from(errors, ([node, error]) => ({ node: ids[node] as NodeId, error })), // every index has an id
    );
  }

  /** Tells of what is in a container: of a zone, also of one that takes items one by one. */
  tell({ kind, body }: Container, zone: NodeId, reporter: Reporter, book: NodeBook): void {
    if (kind === 'subgraph') return;
    if (kind === 'items') {
      for (const inner of body.containers?.values() ?? []) this.tell(inner, zone, reporter, book);
      return;
    }
    const tally = this.of(planBody(body));
    const place = { flow: body, path: undefined };
    for (const node of planBody(body).scope) {
      const durationMs = tally.durations[node] ?? 0;
      switch (tally.outcomes[node] as Outcome) {
        case Outcome.error:
          book.count('error');
          // An error that was noted is there.
          reporter.failed(place, node, durationMs, tally.errors.get(node) as NodeError);
          break;
        case Outcome.cancelled:
          book.count('cancelled');
          reporter.cancelled(place, node);
          break;
        case Outcome.success: {
          book.count('success');
          const outputs: Outputs = tally.outputs.get(node) ?? {};
          reporter.succeeded(place, node, durationMs, false, { outputsOf: () => outputs });
          break;
        }
        case Outcome.skipped:
          book.count('skipped');
          reporter.skipped(place, node, tally.reasons.get(node) ?? { kind: 'not-entered', node: zone });
          break;
        default:
          book.count('skipped');
          reporter.skipped(place, node, { kind: 'not-entered', node: zone });
      }
      const inner = body.containers?.get(node);
      if (inner) this.tell(inner, body.ids[node] as NodeId, reporter, book);
    }
  }
}
