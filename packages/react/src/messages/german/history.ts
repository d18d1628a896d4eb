import type { Messages } from '../messages.js';

/** Texts about what has been. */
export const germanHistory = {
  // Changes of the flow
  history: 'Verlauf der Änderungen',
  historyStart: 'Wie er anfangs war',
  historyNow: 'jetzt',
  // Earlier runs
  runWhat: (kind, what) =>
    ({
      all: 'Alles',
      changed: 'Was sich geändert hatte',
      nodes: what,
      to: what,
      from: `Ab ${what}`,
      selection: `Nur ${what}`,
    })[kind],
  runNodes: (count) => `${count} Knoten`,
  pastRunLabel: 'Früherer Lauf',
  pastRun: (time, what) => `Das hat der Lauf von ${time} hinterlassen (${what}).`,
  pastRunBack: 'Zurück zu jetzt',
  pastRunEarlier: 'Den Lauf davor ansehen',
  pastRunLater: 'Den Lauf danach ansehen',
  pastExplain: 'Warum lief er?',
  pastRan: 'Er lief, denn:',
  pastReuse: 'Er lief nicht: nichts hatte sich geändert, und sein Ergebnis wurde wieder verwendet.',
  pastOutside: 'Er gehörte nicht zu diesem Lauf.',
  pastUnknown: 'Was vor diesem Lauf war, ist nicht mehr bekannt.',
  pastTarget: 'Er war verlangt.',
  pastNoResult: 'Er hatte noch kein Ergebnis.',
} satisfies Partial<Messages>;
