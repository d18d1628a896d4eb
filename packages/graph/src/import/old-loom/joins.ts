import type { Wire } from '../sketch.js';
import type { Conditions } from './conditional.js';
import { nameOf, type OldFlow, sketched } from './old-flow.js';
import { reach } from './reach.js';

/** Which ways of a condition something hangs on, as bits. */
const onTrue = 1;
const onFalse = 2;
const onBoth = 3;

/** The key of an input of a node. */
export function inputKey(node: string, port: string): string {
  return JSON.stringify([node, port]);
}

/**
 * Lets the nodes where both ways of a condition meet run with what arrives. Gives the inputs at which they meet: of
 * the wires there, one brings a value.
 */
export function joinWays(flow: OldFlow, { branches }: Conditions): Set<string> {
  const meeting = new Set<string>();
  for (const [conditional, ids] of branches) {
    const sides = sidesOf(flow, ids);
    if (!sides) {
      const message = `The flow is too large to look for where the ways of ${nameOf(flow, conditional)} and of later conditions meet again. Set the join policy of such nodes to "any".`;
      flow.report.warning('import/too-complex', ['nodes', conditional], message);
      break;
    }
    const own = new Set(ids);
    for (const [id, side] of sides) if (side === onBoth) joinAt(flow, id, own, sides, meeting);
  }
  return meeting;
}

/** What hangs on the outputs of some branches; undefined when that takes too long to say. */
function sidesOf({ sketch, report }: OldFlow, branches: readonly string[]): Map<string, number> | undefined {
  const sides = new Map<string, number>();
  for (const [port, bit] of [['true', onTrue] as const, ['false', onFalse] as const]) {
    const starts = branches.flatMap((id) =>
      [...sketch.outgoing(id)].filter((wire) => wire.sourcePort === port).map((wire) => wire.target),
    );
    const found = reach(sketch, starts, 'onward', report);
    if (!found) return undefined;
    for (const id of found) sides.set(id, (sides.get(id) ?? 0) | bit);
  }
  return sides;
}

function joinAt(
  flow: OldFlow,
  id: string,
  branches: ReadonlySet<string>,
  sides: ReadonlyMap<string, number>,
  meeting: Set<string>,
): void {
  const sideOf = (wire: Wire): number => {
    if (!branches.has(wire.source)) return sides.get(wire.source) ?? 0;
    return wire.sourcePort === 'true' ? onTrue : onFalse;
  };
  /** The ways of the wires at each input: a bit for each way, and whether one comes anyway. */
  const inputs = new Map<string, { ways: number; always: boolean }>();
  for (const wire of flow.sketch.incoming(id)) {
    const side = sideOf(wire);
    const input = inputs.get(wire.targetPort) ?? { ways: 0, always: false };
    inputs.set(wire.targetPort, input);
    if (side === onTrue || side === onFalse) input.ways |= side;
    else input.always = true;
  }
  let meet = 0;
  let hasOneWay = false;
  for (const [port, { ways, always }] of inputs) {
    meet |= ways;
    if (ways === onBoth) meeting.add(inputKey(id, port));
    else if (ways !== 0 && !always) hasOneWay = true;
  }
  // An input that both ways lead to has a value in any case, and so has one that something else leads to.
  if (meet !== onBoth || !hasOneWay) return;
  const node = sketched(flow, id);
  node.settings = { ...node.settings, join: 'any' };
  const message =
    'Both ways of a condition meet at inputs of these nodes, which now run with what arrives. What comes the other way is absent: such inputs need a default.';
  flow.report.gather('import/join-any', ['nodes', id], message, id);
}
