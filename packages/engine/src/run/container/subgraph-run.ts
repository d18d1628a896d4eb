import type { PortId } from '@loom/graph';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { Token } from '../tokens.js';
import { BodyRun } from './body-run.js';
import { broughtTo } from './container-inputs.js';
import type { Entering } from './entering.js';
import type { FrameError } from './frame-error.js';

/** Runs the body of a subgraph once. */
export class SubgraphRun extends BodyRun {
  protected begin(): void {
    const { flow } = this.frame;
    const definition = flow.document.types[flow.nodes[this.node]?.type ?? ''];
    const promoted = definition?.kind === 'subgraph' ? definition.inputs : undefined;
    // What the nodes inside have by themselves they have as ever: their joins do not count it among the wires.
    const enter = (port: PortId): Entering =>
      broughtTo(this.frame, this.node, port, promoted?.[port]?.default) ?? { token: Token.none };
    const how = this.walk(0, enter);
    if (how === 'ended') this.#finish((port) => this.walks.given(port));
    // Its turn comes with that of all others.
    else if (how === 'none' || how === 'turn') this.open(0, enter);
  }

  protected ended(frame: Frame, failed: FrameError | undefined): void {
    if (failed) {
      const { node, error } = failed;
      const message = `"${node}" in it failed: ${error.message}`;
      this.fail({ code: 'subgraph/failed', message, frames: [], cause: error });
      return;
    }
    this.#finish((port) => this.given(frame, port));
  }

  #finish(givenAt: (port: PortId) => Passed | undefined): void {
    const outputs = new Map<PortId, Passed>();
    for (const { id } of this.frame.flow.types[this.node]?.outputs ?? []) {
      const given = givenAt(id);
      if (!given) continue;
      if (given.summary) this.host.values.retain([given.summary.ref]);
      outputs.set(id, given);
    }
    this.succeed(outputs);
  }
}
