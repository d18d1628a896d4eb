import type { Messages } from '../messages.js';
import { number } from './number.js';

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
  pickValue: (label) => `${label} wählen`,
  problemPicked: (kind, example) => {
    const names = {
      date: 'ein Datum',
      time: 'eine Uhrzeit',
      'date-time': 'ein Datum mit Uhrzeit',
      color: 'eine Farbe',
    };
    return `Hier braucht es ${names[kind]} wie ${example}.`;
  },
  formAdd: (label) => `${label} hinzufügen`.trim(),
  formRemove: (label) => `${label} entfernen`.trim(),
  formUp: (label) => `${label} nach oben`,
  formDown: (label) => `${label} nach unten`,
  formNewKey: (label) => (label === '' ? 'Neuer Name' : `Neuer Name in ${label}`),
  formKey: (label, key) => `Name von ${label}: ${key}`,
  formMore: (count) =>
    count === 0 ? 'Hier gibt es keine weiteren Zeilen.' : `${number(count)} weitere sind nicht gezeigt.`,
  formAsText: 'Als JSON bearbeiten',
  formAsFields: 'In Feldern bearbeiten',
  emptyParts: 'leer',
  entryCount: (count) => (count === 1 ? '1 Eintrag' : `${number(count)} Einträge`),
  kindListOf: (kind) => `Liste: ${kind}`,
  problemSchema: (keyword, limit, sentence) =>
    (
      ({
        minLength: `Mindestens ${limit} Zeichen.`,
        maxLength: `Höchstens ${limit} Zeichen.`,
        pattern: 'Das hat nicht die verlangte Form.',
        format: `Das ist kein gültiger Wert für ${limit}.`,
        multipleOf: `Hier braucht es ein Vielfaches von ${limit}.`,
        minimum: `Mindestens ${limit}.`,
        maximum: `Höchstens ${limit}.`,
        exclusiveMinimum: `Mehr als ${limit}.`,
        exclusiveMaximum: `Weniger als ${limit}.`,
        minItems: `Mindestens ${limit} Einträge.`,
        maxItems: `Höchstens ${limit} Einträge.`,
        uniqueItems: 'Kein Eintrag darf doppelt sein.',
        const: `Das muss ${limit} sein.`,
        type: `Das passt nicht zu ${limit}.`,
      }) as Readonly<Record<string, string>>
    )[keyword] ?? sentence,
} satisfies Partial<Messages>;
