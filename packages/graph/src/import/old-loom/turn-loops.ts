import { carriedPorts } from '../../zone-type.js';
import { type End, lateRank, type Wire } from '../sketch.js';
import { makeZones, type Zones } from './make-zones.js';
import { firstOutput, type OldFlow, sketched } from './old-flow.js';
import { addCarried, commonZone, type Zone, ZoneExits } from './zones.js';

/** A value that comes back to an input in the next iteration of a zone. */
interface Return {
  readonly zone: Zone;
  readonly port: string;
  readonly wires: Wire[];
}

/** An input that values come back to; the returns of outer zones first. */
interface ReturningInput {
  readonly node: string;
  readonly port: string;
  readonly returns: Return[];
}

/** Makes while zones of the sections that loop nodes repeat, and lays the wires that cross their edges anew. */
export function turnLoops(flow: OldFlow): string[] {
  const made = makeZones(flow);
  const { zones, zoneOf, returns } = made;
  const crossing = flow.sketch.wires().filter((wire) => zoneOf.has(wire.source) || zoneOf.has(wire.target));
  const exits = new ZoneExits(flow.sketch);
  const inputs = returningInputs(made);
  for (const { returns: list } of inputs.values()) for (const back of list) layReturn(flow, back, made, exits);
  for (const wire of crossing) if (!returns.has(wire)) layOnward(flow, wire, made, inputs, exits);
  for (const input of inputs.values()) layInput(flow, input);
  for (const zone of zones) layContinue(flow, zone, made, exits);
  return zones.map((zone) => zone.id);
}

function returningInputs({ returns }: Zones): Map<string, ReturningInput> {
  const inputs = new Map<string, ReturningInput>();
  for (const [wire, zone] of returns) {
    const key = inputKey(wire);
    const input = inputs.get(key) ?? { node: wire.target, port: wire.targetPort, returns: [] };
    inputs.set(key, input);
    const found = input.returns.find((back) => back.zone === zone);
    if (found) found.wires.push(wire);
    else input.returns.push({ zone, wires: [wire], port: addCarried(zone, wire.targetPort) });
  }
  for (const { returns: list } of inputs.values()) list.sort((a, b) => a.zone.depth - b.zone.depth);
  return inputs;
}

/** Ends a wire that goes back at the edge of its zone. */
function layReturn(flow: OldFlow, { zone, wires, port }: Return, { zoneOf }: Zones, exits: ZoneExits): void {
  const { next } = carriedPorts(port);
  for (const wire of wires) {
    const from = exits.leave({ node: wire.source, port: wire.sourcePort }, zoneOf.get(wire.source), zone);
    flow.sketch.reroute(wire, { source: from.node, sourcePort: from.port, target: zone.id, targetPort: next });
    // The last value that comes back is the one that is there at the end.
    if (wires.length === 1) exits.know(zone, from, port);
  }
}

/** Lays a wire that does not go back: out of zones by what they give, and in by what they carry. */
function layOnward(
  flow: OldFlow,
  wire: Wire,
  { zoneOf }: Zones,
  inputs: ReadonlyMap<string, ReturningInput>,
  exits: ZoneExits,
): void {
  const inside = zoneOf.get(wire.source);
  const common = commonZone(inside, zoneOf.get(wire.target));
  const from = exits.leave({ node: wire.source, port: wire.sourcePort }, inside, common);
  const outer = common?.depth ?? -1;
  const entry = inputs.get(inputKey(wire))?.returns.find((back) => back.zone.depth > outer);
  const to: End = entry ? { node: entry.zone.id, port: entry.port } : { node: wire.target, port: wire.targetPort };
  if (from.node === wire.source && !entry) return;
  if (inside && inside !== common) reportExit(flow, wire, inside);
  flow.sketch.reroute(wire, { source: from.node, sourcePort: from.port, target: to.node, targetPort: to.port });
}

function reportExit(flow: OldFlow, wire: Wire, zone: Zone): void {
  const path = ['nodes', wire.target];
  if (sketched(flow, wire.source).type === 'loom/branch') {
    const message =
      'Wires lead from a branch in a loop to these nodes after it. They run at the end of the loop in any case, with the last value that came that way, or null.';
    flow.report.gather('import/branch-leaves-loop', path, message, wire.target);
  } else if (wire.source !== zone.loop.decider) {
    const message = 'These nodes hang on the midst of a loop. They run once, at its end, with the last value.';
    flow.report.gather('import/once-after-loop', path, message, wire.target);
  }
}

/** Leads what zones carry to an input, and gives the first iteration its value. */
function layInput(flow: OldFlow, { node, port, returns }: ReturningInput): void {
  const { sketch, report } = flow;
  for (const [place, back] of returns.entries()) {
    const inner = returns[place + 1];
    const target = inner ? { target: inner.zone.id, targetPort: inner.port } : { target: node, targetPort: port };
    const rank = back.wires[0]?.rank ?? lateRank;
    sketch.connect({ source: back.zone.id, sourcePort: carriedPorts(back.port).current, ...target, rank });
  }
  const [outer] = returns;
  if (!outer || sketch.incomingTo(outer.zone.id, outer.port).length > 0) return;
  const { inputs } = sketched(flow, node);
  if (inputs.has(port)) {
    sketched(flow, outer.zone.id).inputs.set(outer.port, inputs.get(port));
    inputs.delete(port);
    return;
  }
  const message = 'Nothing gives these inputs a value before their loop; its first iteration gets null.';
  report.gather('import/no-initial-value', ['nodes', node, 'inputs', port], message, `${node}.${port}`);
}

/** Lets the result of the deciding node say whether the loop goes on. */
function layContinue(flow: OldFlow, zone: Zone, { zoneOf }: Zones, exits: ZoneExits): void {
  const { decider, isEndless } = zone.loop;
  if (isEndless) return;
  const from = exits.leave({ node: decider, port: firstOutput(flow, decider) }, zoneOf.get(decider), zone);
  const target = { target: zone.id, targetPort: 'continue', rank: lateRank };
  flow.sketch.connect({ source: from.node, sourcePort: from.port, ...target });
  const message =
    'Loops go on while a result is true, and take true and false only, where the old Loom took every value for one of them. Let these nodes return a bool.';
  flow.report.gather('import/strict-condition', ['nodes', decider], message, decider);
}

function inputKey({ target, targetPort }: Wire): string {
  return JSON.stringify([target, targetPort]);
}
