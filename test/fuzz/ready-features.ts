import { ALL_FEATURES, type FlowFeatures } from '@loom/testing';

/** What the engine does as the rules say. A feature that is still off is one on which the two do not agree yet. */
export const READY_FEATURES: FlowFeatures = {
  ...ALL_FEATURES,
  joins: false,
  collects: false,
  sharedIds: false,
  promotedLists: false,
  stops: false,
  streams: false,
  bypassed: false,
  pinned: false,
  events: false,
  targetsFrom: false,
  targetsInZones: false,
};
