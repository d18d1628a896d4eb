import type { Messages } from '../messages.js';

/** German: parts of an editor, forms and the code panel. */
export const germanAuthoring = {
  partFailed: (reason) => `Dieser Teil kann nicht gezeigt werden: ${reason}`,
  nodeViewFailed: (reason) => `Die Ansicht dieses Knotens ist fehlgeschlagen: ${reason}`,
  codeNothing: 'Wähle einen Knoten mit Code, um ihn hier zu sehen und zu bearbeiten.',
  codeSyntax: 'Das ist nicht lesbar: Hier fehlt etwas, oder es ist zu viel.',
  codeNone: 'Dieser Knoten hat keinen Code.',
  formatCode: 'Formatieren',
  formatFailed: (reason) => `Nicht formatiert: ${reason}`,
  formatSame: 'Nichts zu formatieren.',
  codeCompare: 'Änderungen seit dem letzten Lauf',
  codeCheckFailed: (reason) => `Der Code wird nicht geprüft: ${reason}`,
} satisfies Partial<Messages>;
