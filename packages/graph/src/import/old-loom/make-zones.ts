import { MAX_ZONE_DEPTH } from '../../zone-body.js';
import type { Wire } from '../sketch.js';
import { findSection, type Loop, readLoops, reportNoSection, type Section } from './find-loops.js';
import { nameOf, type OldFlow, pathOfWire, sketched } from './old-flow.js';
import { addZone, type Zone, type ZoneOf } from './zones.js';

/** The zones of a flow, before wires are laid across their edges. */
export interface Zones {
  readonly zones: readonly Zone[];
  readonly zoneOf: ZoneOf;
  /** The wires that go back to an earlier place, with the zone in which they do. */
  readonly returns: ReadonlyMap<Wire, Zone>;
}

/**
 * Makes zones of the loops of a flow, the largest first. A wire that goes back in a loop does not count when the
 * sections of smaller ones are looked for, so loops may lie in each other. No way leads out of a section and into it
 * again, for then it would be part of it: no zone ever waits for its own result.
 */
export function makeZones(flow: OldFlow): Zones {
  const zones: Zone[] = [];
  const zoneOf = new Map<string, Zone>();
  const returns = new Map<Wire, Zone>();
  const loops = readLoops(flow).filter((loop) => sectionOf(flow, loop, new Set()) !== undefined);
  const direct = new Map(loops.map((loop) => [loop, directReturns(flow, loop)]));
  const hidden = new Set([...direct.values()].flat());
  const sizes = new Map(loops.map((loop) => [loop, sizeOf(findSection(flow, loop, hidden))]));
  for (const loop of loops.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))) {
    const section = sectionOf(flow, loop, hidden);
    const zone = section && placeZone(flow, loop, section, zoneOf);
    const back = direct.get(loop) ?? [];
    if (zone) {
      zones.push(zone);
      for (const wire of [...back, ...otherReturns(flow, loop, section, hidden)]) {
        returns.set(wire, zone);
        hidden.add(wire);
      }
    } else for (const wire of back) dropReturn(flow, wire);
  }
  return { zones, zoneOf, returns };
}

function sectionOf(flow: OldFlow, loop: Loop, hidden: ReadonlySet<Wire>): Section | undefined {
  const section = findSection(flow, loop, hidden);
  if (typeof section === 'object') return section;
  reportNoSection(flow, loop, section);
  return undefined;
}

function sizeOf(section: Section | string): number {
  return typeof section === 'object' ? section.body.size : 0;
}

/** Makes the zone of a loop, unless its section lies in another one in part. */
function placeZone(flow: OldFlow, loop: Loop, { body }: Section, zoneOf: Map<string, Zone>): Zone | undefined {
  const parent = zoneOf.get(loop.decider);
  const isWithin = [...body].every((id) => zoneOf.get(id) === parent);
  if (!isWithin || parent?.size === body.size) {
    const message = `The section that ${nameOf(flow, loop.decider)} repeats overlaps that of another loop, and neither lies in the other. This one runs once; put what repeats into a while zone.`;
    return flow.report.error('import/loops-overlap', ['nodes', loop.decider], message);
  }
  if (parent && parent.depth + 1 >= MAX_ZONE_DEPTH) {
    const message = `The section that ${nameOf(flow, loop.decider)} repeats lies in ${MAX_ZONE_DEPTH} others, and there may be no more. It runs once; use a subgraph for what is inside.`;
    return flow.report.error('import/loops-too-deep', ['nodes', loop.decider], message);
  }
  const zone = addZone(flow.sketch, loop, body.size, parent);
  for (const id of body) {
    zoneOf.set(id, zone);
    sketched(flow, id).parent = zone.id;
  }
  return zone;
}

/** The wires from the decider to the start, which say again where the loop goes back to. */
function directReturns({ sketch }: OldFlow, { decider, start }: Loop): Wire[] {
  return [...sketch.outgoing(decider)].filter((wire) => wire.target === start);
}

/** The other wires that end an iteration: those to the start, and those by which the decider feeds what leads to it. */
function otherReturns({ sketch }: OldFlow, loop: Loop, section: Section, hidden: ReadonlySet<Wire>): Wire[] {
  const toStart = [...sketch.incoming(loop.start)].filter((wire) => section.nodes.has(wire.source));
  const fromDecider = [...sketch.outgoing(loop.decider)].filter(
    (wire) => section.body.has(wire.target) && section.before.has(wire.target),
  );
  return [...new Set([...toStart, ...fromDecider])].filter((wire) => !hidden.has(wire));
}

function dropReturn(flow: OldFlow, wire: Wire): void {
  flow.sketch.disconnect(wire);
  const message = `The wire from ${nameOf(flow, wire.source)} back to ${nameOf(flow, wire.target)} was left out: its loop could not be made a zone.`;
  flow.report.error('import/return-wire', pathOfWire(wire), message);
}
