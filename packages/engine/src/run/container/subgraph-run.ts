import type { PortId } from '@loom/graph';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { Token } from '../tokens.js';
import { BodyRun, type FrameError } from './body-run.js';
import type { Entering } from './container-inputs.js';

/** Runs the body of a subgraph once. */
export class SubgraphRun extends BodyRun {
  protected begin(): void {
    this.open(0, (port): Entering => this.input(port) ?? { token: Token.none });
  }

  protected ended(frame: Frame, failed: FrameError | undefined): void {
    if (failed) {
      const { node, error } = failed;
      const message = `"${node}" in it failed: ${error.message}`;
      this.fail({ code: 'subgraph/failed', message, frames: [], cause: error });
      return;
    }
    const outputs = new Map<PortId, Passed>();
    for (const { id } of this.frame.flow.types[this.node]?.outputs ?? []) {
      const given = this.given(frame, id);
      if (!given) continue;
      if (given.summary) this.host.values.retain([given.summary.ref]);
      outputs.set(id, given);
    }
    this.succeed(outputs);
  }
}
