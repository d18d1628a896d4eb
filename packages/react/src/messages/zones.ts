/** Texts of zones: iterations, and making and dissolving them. English; an app overrides any. */
export const zoneMessages = {
  frameHelp: 'Look at one iteration: the body then shows its values.',
  framePrevious: 'Previous iteration',
  frameNext: 'Next iteration',
  frameAll: 'Look at all iterations again',
  frameCount: (count: number) => `${count}×`,
  frameOf: (number: number, count: number) => `${number} of ${count}`,
  frameFailed: (count: number) =>
    count === 1 ? 'One iteration failed: look at it' : `${count} iterations failed: look at the next one`,
  encloseForEach: 'Enclose in a for-each zone',
  encloseWhile: 'Enclose in a while zone',
  encloseRepeat: 'Enclose in a repeat zone',
  group: 'Group',
  dissolve: 'Dissolve zone or group',
  encloseMixed: 'These nodes lie in different zones. Choose nodes of one zone.',
  encloseLost: (count: number) =>
    count === 1
      ? 'One wire out of the zone fits no more and was taken away.'
      : `${count} wires out of the zone fit no more and were taken away.`,
} as const;
