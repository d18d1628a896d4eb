import type { Messages } from '../messages.js';

/** Texts of the sheet of keys. */
export const germanKeys = {
  help: 'Tasten',
  helpTitle: 'Tasten',
  helpPart: (part) =>
    ({
      run: 'Ausführen',
      node: 'Knoten',
      port: 'Anschlüsse und Verbindungen',
      edit: 'Bearbeiten',
      zone: 'Zonen und Gruppen',
      subgraph: 'Teilgraphen',
      arrange: 'Anordnen',
      move: 'Bewegen',
      view: 'Ansicht',
      file: 'Datei',
      app: 'Diese App',
    })[part],
  keysFilter: 'Befehle und Tasten suchen',
  keysChange: 'Tasten ändern',
  keysChangeEnd: 'Fertig',
  keysAdd: (command) => `Taste für ${command} hinzufügen`,
  keysRemove: (key, command) => `${key} von ${command} wegnehmen`,
  keysReset: (command) => `${command}: ursprüngliche Tasten zurückgeben`,
  keysResetAll: 'Alle Tasten zurücksetzen',
  keysPress: 'Neue Tasten drücken',
  keysPressFor: (command) => `Neue Tasten für ${command} drücken. Escape lässt alles, wie es ist.`,
  keysNone: 'keine Tasten',
  keysSet: (key, command) => `${key} ist jetzt ${command}.`,
  keysTaken: (key, commands) => `${key} gehört zu ${commands.map((command) => `„${command}“`).join(', ')}.`,
  keysTake: 'Hier verwenden',
  keysTryOther: 'Andere Tasten',
  keysLeave: 'So lassen',
  keysNeverArrive: (key) =>
    `${key} gehört dem Browser oder dem System und kommt hier nie an. Bitte andere Tasten wählen.`,
  keysFixed: (key) => `${key} hat im ganzen Editor eine feste Bedeutung. Bitte andere Tasten wählen.`,
  keysOfBrowser: (key) =>
    `${key} ist gesetzt. Auch der Browser kennt diese Tasten: solange der Fokus im Editor ist, nimmt sie der Editor.`,
  keysNotKept: 'Was Sie wählen, gilt, bis diese Seite geschlossen wird.',
} satisfies Partial<Messages>;
