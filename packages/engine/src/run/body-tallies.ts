import type { NodeId } from '@loom/graph';
import type { CompiledFlow, Container } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { planBody } from '../plan/body-plan.js';
import type { RunPlan } from '../plan/plan.js';
import type { Frame } from './frame.js';
import type { Reporter } from './reporter.js';
import { Outcome, Tally } from './tally.js';

/** What telling needs of the run. */
export interface TallyRun {
  readonly reporter: Reporter;
  readonly root: Frame;
}

/** What became of the nodes of zones over all their frames: told once for each node, when the outermost zone has ended. */
export class BodyTallies {
  /** Nodes of bodies that were cancelled: with their zone, which may have failed and be forgiven. */
  cancelled = 0;
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

  /** Tells of what is in a container: of a zone, also of one that takes items one by one. `last` is its last frame. */
  tell({ kind, body }: Container, zone: NodeId, run: TallyRun, last: Frame | undefined): void {
    if (kind === 'subgraph') return;
    if (kind === 'items') {
      for (const [node, inner] of body.containers ?? []) this.tell(inner, zone, run, last && lastFrame(last, node));
      return;
    }
    const tally = this.of(planBody(body));
    for (const node of planBody(body).scope) {
      this.#tellNode(tally, body, node, zone, run, last);
      const inner = body.containers?.get(node);
      if (inner) this.tell(inner, body.ids[node] as NodeId, run, last && lastFrame(last, node));
    }
  }

  #tellNode(
    tally: Tally,
    body: CompiledFlow,
    node: number,
    zone: NodeId,
    { reporter, root: { book } }: TallyRun,
    last: Frame | undefined,
  ): void {
    const place = { flow: body, path: undefined };
    const durationMs = tally.durations[node] ?? 0;
    switch (tally.outcomes[node] as Outcome) {
      case Outcome.error:
        book.count('error');
        // An error that was noted is there.
        reporter.failed(place, node, durationMs, tally.errors.get(node) as NodeError);
        return;
      case Outcome.cancelled:
        book.count('cancelled');
        this.cancelled++;
        reporter.cancelled(place, node);
        return;
      case Outcome.success:
        book.count('success');
        // What other frames gave cannot be read any more.
        reporter.succeeded(place, node, durationMs, false, {
          outputsOf: () => (last?.book.hasResult(node) ? last.book.outputsOf(node) : {}),
        });
        return;
      default:
        book.count('skipped');
        reporter.skipped(place, node, tally.reasons.get(node) ?? { kind: 'not-entered', node: zone });
    }
  }
}

/** The frame of a container that ended last, or goes on. */
export function lastFrame(frame: Frame, node: number): Frame | undefined {
  return frame.bodies.get(node)?.frames().at(-1);
}
