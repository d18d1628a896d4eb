import type { NodeId, PortId } from '@loom/graph';
import type { FrameStep } from '../../event.js';
import type { OutputSummary } from '../../value.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import type { RunValues } from '../run-values.js';
import { Token } from '../tokens.js';

/** What enters a frame at one place of its entry; `token` says what comes when there is no value, `blame` where that began. */
export type Entering =
  | Passed
  | { readonly token: Exclude<Token, typeof Token.value | typeof Token.pending>; readonly blame?: NodeId };

/** Makes a frame an iteration of a container. */
export function placeFrame(frame: Frame, around: Frame, container: number, index: number): void {
  const step: FrameStep = { node: around.idOf(container), index };
  frame.path = around.path ? [...around.path, step] : [step];
  frame.index = index;
  frame.entryBlame.clear();
}

/** Begins a pass over a body with what enters at each port of its entry. */
export function enterFrame(
  frame: Frame,
  values: Pick<RunValues, 'direct' | 'retain'>,
  entering: (port: PortId) => Entering,
): void {
  const ports = frame.flow.types[frame.flow.entry]?.outputs ?? [];
  const given: unknown[] = new Array(ports.length);
  let summaries: (OutputSummary | undefined)[] | undefined;
  let tokens: Token[] | undefined;
  for (let place = 0; place < ports.length; place++) {
    const enters = entering(ports[place]?.id as PortId); // within the bounds of the loop
    if ('token' in enters) {
      tokens ??= new Array<Token>(ports.length).fill(Token.value);
      tokens[place] = enters.token;
      if (enters.blame !== undefined) frame.entryBlame.set(place, enters.blame);
      continue;
    }
    given[place] = enters.value;
    if (!enters.summary) continue;
    values.retain([enters.summary.ref]);
    summaries ??= new Array(ports.length);
    summaries[place] = enters.summary;
  }
  frame.enter(values.direct, given, summaries, tokens && ((place) => tokens[place] as Token));
}
