import { ALL_FEATURES, type FlowFeatures } from '@loom/testing';

/** What the engine does as the rules say. What is still off is what the two do not agree on yet. */
export const READY_FEATURES: FlowFeatures = {
  ...ALL_FEATURES,
  letsGo: false,
  letsGoBesides: false,
};
