/** What random flows may have, and their runs. Each can be left out, so that engines can be compared while they grow. */
export interface FlowFeatures {
  /** Functions that end later, in any order. */
  readonly later: boolean;
  /** Functions of another executor. */
  readonly away: boolean;
  /** Functions that the flow has as sources. */
  readonly written: boolean;
  /** Functions that fail. */
  readonly errors: boolean;
  /** Functions that skip outputs. */
  readonly skips: boolean;
  readonly muted: boolean;
  readonly bypassed: boolean;
  /** Bypassed nodes that several wires lead to. */
  readonly bypassedJoins: boolean;
  readonly pinned: boolean;
  /** Branches, switches and merges. */
  readonly control: boolean;
  /** Join policies other than `all`. */
  readonly joins: boolean;
  readonly zones: boolean;
  /** Zones that collect errors. */
  readonly collects: boolean;
  /** Wires from outside of a zone into it. */
  readonly captures: boolean;
  readonly groups: boolean;
  readonly subgraphs: boolean;
  /** Inputs of subgraphs that lead to inputs of several wires. */
  readonly promotedLists: boolean;
  /** Nodes in subgraphs that are called as others outside are. */
  readonly sharedIds: boolean;
  readonly streams: boolean;
  /** Streams that break off. */
  readonly brokenStreams: boolean;
  readonly events: boolean;
  /** Unknown types, missing inputs and wires that lead nowhere. */
  readonly faults: boolean;
  readonly cycles: boolean;
  /** Runs that stop at the first error. */
  readonly stops: boolean;
  /** Runs of a node and all that depends on it, of what has changed, and so on. */
  readonly targetsOfAllKinds: boolean;
  /** Runs with values for inputs, and with pins. */
  readonly given: boolean;
  /** Runs of a node in a zone. */
  readonly targetsInZones: boolean;
  /** Whether it is looked at which values can be read, and which have been let go. */
  readonly letsGo: boolean;
  /** Whether that is looked at also where two runs went on at once. */
  readonly letsGoBesides: boolean;
}

export const ALL_FEATURES: FlowFeatures = {
  later: true,
  away: true,
  written: true,
  errors: true,
  skips: true,
  muted: true,
  bypassed: true,
  bypassedJoins: true,
  pinned: true,
  control: true,
  joins: true,
  zones: true,
  collects: true,
  captures: true,
  groups: true,
  subgraphs: true,
  promotedLists: true,
  sharedIds: true,
  streams: true,
  brokenStreams: true,
  events: true,
  faults: true,
  cycles: true,
  stops: true,
  targetsOfAllKinds: true,
  given: true,
  targetsInZones: true,
  letsGo: true,
  letsGoBesides: true,
};
