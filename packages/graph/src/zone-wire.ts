import type { FlowEdge } from './document.js';
import type { NodeId } from './id.js';
import { type Bodies, MAX_ZONE_DEPTH } from './zone-body.js';
import { facesBody } from './zone-type.js';

/** Two nodes, of which the second needs the first. */
export interface Need {
  readonly source: NodeId;
  readonly target: NodeId;
}

/** How a wire runs between the bodies of zones. */
export interface WireCourse {
  /**
   * What the wire makes wait for what, both in the same body: a node outside of a zone and one inside of it stand for the
   * zone and that node. Absent for a wire from or to an inner port, which begins or ends an iteration.
   */
  readonly need?: Need;
  /** The zone that the wire leads out of though it does not end at it: nobody could tell which iteration is meant. */
  readonly leaves?: NodeId;
  /** The zone at whose inner input a wire ends that comes from outside of its body. */
  readonly enters?: NodeId;
}

/**
 * Follows a wire through the zones around its ends. Ports that a zone does not have any more count as inner ones when the
 * wire leads from or to its body, so that a wire survives that a carried value is renamed.
 */
export function courseOf(bodies: Bodies, edge: FlowEdge): WireCourse {
  const fromInside = beginsInside(bodies, edge);
  const toInside = endsInside(bodies, edge);
  // An inner port is where the iteration begins or ends, in the body of its own zone.
  let source: NodeId | undefined = fromInside ? undefined : edge.source;
  let target: NodeId | undefined = toInside ? undefined : edge.target;
  let from = fromInside ? bodies.inside(edge.source) : bodies.of(edge.source);
  let to = toInside ? bodies.inside(edge.target) : bodies.of(edge.target);
  const leaves = from.zone;
  let hasLeft = false;
  let hasEntered = false;
  if (from.depth > MAX_ZONE_DEPTH || to.depth > MAX_ZONE_DEPTH) return needOf(source, target);
  while (from.zone !== to.zone) {
    if (from.depth >= to.depth) {
      source = from.zone as NodeId; // the root is not deeper than any body but itself
      from = bodies.of(source);
      hasLeft = true;
    } else {
      target = to.zone as NodeId; // likewise
      to = bodies.of(target);
      hasEntered = true;
    }
  }
  return {
    ...needOf(source, target),
    ...(hasLeft && leaves !== undefined && { leaves }),
    ...(!hasLeft && hasEntered && toInside && { enters: edge.target }),
  };
}

function needOf(source: NodeId | undefined, target: NodeId | undefined): WireCourse {
  return source === undefined || target === undefined ? {} : { need: { source, target } };
}

function beginsInside(bodies: Bodies, { source, sourcePort, target }: FlowEdge): boolean {
  const zone = bodies.zone(source);
  if (!zone) return false;
  return facesBody(zone, 'outputs', sourcePort) ?? (source === target || bodies.contains(source, target));
}

function endsInside(bodies: Bodies, { source, target, targetPort }: FlowEdge): boolean {
  const zone = bodies.zone(target);
  if (!zone) return false;
  return facesBody(zone, 'inputs', targetPort) ?? (source === target || bodies.contains(target, source));
}
