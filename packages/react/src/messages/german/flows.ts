import type { Messages } from '../messages.js';
import { number } from './number.js';

/** Texts of zones, subgraphs, the timeline, kept work and flows as apps. */
export const germanFlows = {
  // Zones
  frameHelp: 'Einen Durchgang ansehen: der Inhalt zeigt dann dessen Werte.',
  framePrevious: 'Voriger Durchgang',
  frameNext: 'Nächster Durchgang',
  frameAll: 'Wieder alle Durchgänge ansehen',
  frameCount: (count) => `${count}×`,
  frameOf: (place, count) => `${place} von ${count}`,
  frameFailed: (count) =>
    count === 1 ? 'Ein Durchgang schlug fehl: ansehen' : `${count} Durchgänge schlugen fehl: den nächsten ansehen`,
  encloseForEach: 'In eine Für-jedes-Zone legen',
  encloseWhile: 'In eine Solange-Zone legen',
  encloseRepeat: 'In eine Wiederhole-Zone legen',
  group: 'Gruppieren',
  dissolve: 'Zone oder Gruppe auflösen',
  encloseMixed: 'Diese Knoten liegen in verschiedenen Zonen. Bitte Knoten einer Zone wählen.',
  encloseLost: (count) =>
    count === 1
      ? 'Eine Verbindung aus der Zone heraus passt nicht mehr und wurde entfernt.'
      : `${count} Verbindungen aus der Zone heraus passen nicht mehr und wurden entfernt.`,
  // Subgraphs
  subgraphMake: 'Teilgraph daraus machen',
  subgraphOpen: 'Teilgraph öffnen',
  subgraphLeave: 'Teilgraph verlassen',
  subgraphUnpack: 'Teilgraph auspacken',
  subgraphDetach: 'Diesen hier eigenständig machen',
  subgraphTitle: 'Teilgraph',
  subgraphCopy: (title) => `${title} (eigener)`,
  subgraphPath: 'Wo man ist',
  subgraphUses: (count) =>
    count === 1 ? 'Einmal verwendet.' : `Von ${count} Knoten verwendet: alle folgen dem, was hier geändert wird.`,
  promoteInput: (port) => `${port} nach außen zeigen`,
  promoteOutput: (port) => `${port} nach außen geben`,
  // Timeline
  tabTimeline: 'Zeitachse',
  timelineLabel: 'Wann welcher Knoten lief',
  timelineEmpty: 'Noch ist nichts gelaufen. Ein Lauf zeigt hier, wann jeder Knoten lief, in jedem Durchgang.',
  timelineSummary: (nodes, duration) => `${nodes} Knoten in ${duration}.`,
  timelineDropped: (count) => `Die ältesten ${number(count)} Teile sind nicht mehr da.`,
  timelineZoomIn: 'Längere Zeitachse',
  timelineZoomOut: 'Kürzere Zeitachse',
  timelineTick: (ms) =>
    ms >= 1000 ? `${number(Number((ms / 1000).toPrecision(4)))} s` : `${number(Number(ms.toPrecision(3)))} ms`,
  timelineRow: (node, times, duration) =>
    times === 1 ? `${node}: ${duration}` : `${node}: ${times}-mal, zusammen ${duration}`,
  timelineBar: (what, duration, iteration) =>
    iteration === undefined ? `${what}, ${duration}` : `${what}, ${duration}, Durchgang ${iteration}`,
  timelineSpans: (count) => (count === 1 ? 'einmal' : `${count}-mal`),
  runHistory: 'Letzte Läufe',
  runStatus: (status) =>
    ({
      running: 'Läuft',
      succeeded: 'Fertig',
      failed: 'Fehlgeschlagen',
      cancelled: 'Angehalten',
      'timed-out': 'Zeitlimit',
    })[status],
  spanState: (state) =>
    ({
      running: 'Läuft',
      success: 'Fertig',
      cached: 'Unverändert',
      error: 'Fehlgeschlagen',
      skipped: 'Übersprungen',
      cancelled: 'Abgebrochen',
      retried: 'Fehlgeschlagen und noch einmal versucht',
    })[state],
  logOfSelection: 'Nur ausgewählte Knoten',
  logWrap: 'Lange Zeilen umbrechen',
  // Keeping work
  keepingLabel: 'Nicht gespeicherte Arbeit',
  keepingFailed: (reason) => `Die Arbeit wird nicht aufbewahrt: ${reason}`,
  keepingFound: (time) =>
    `Nicht gespeicherte Arbeit vom ${time.toLocaleString('de', { dateStyle: 'medium', timeStyle: 'short' })} ist noch da.`,
  keepingRestore: 'Wiederherstellen',
  keepingDiscard: 'Verwerfen',
  keepingName: 'die nicht gespeicherte Arbeit',
  keepingForeign: (time) =>
    `Ein anderes Fenster hat diesen Flow geändert (${time.toLocaleTimeString('de', { timeStyle: 'short' })}). Hier wird nichts aufbewahrt, bis Sie wählen.`,
  keepingTakeTheirs: 'Jene Fassung nehmen',
  keepingTakeMine: 'Diese behalten',
  keepingTheirs: 'die Fassung des anderen Fensters',
  shareMore: 'Teilen und exportieren',
  shareLink: 'Link kopieren',
  shareCopied: (characters) =>
    `Ein Link von ${number(characters)} Zeichen mit dem ganzen Flow ist in der Zwischenablage.`,
  shareLong: (characters) =>
    `Der Link ist in der Zwischenablage. Er hat ${number(characters)} Zeichen: manche Programme schneiden solche Links ab. Eine Datei ist sicherer.`,
  shareTooLong: (characters, most) =>
    `Dieser Flow ist zu groß für einen Link (${number(characters)} von höchstens ${number(most)} Zeichen). Bitte als Datei speichern.`,
  shareCopyFailed: 'Der Link konnte nicht kopiert werden. Der Browser erlaubt es hier nicht.',
  exportPng: 'Als Bild speichern (PNG)',
  exportSvg: 'Als Bild speichern (SVG)',
  exportFailed: (reason) => `Das Bild konnte nicht gemacht werden: ${reason}`,
  imageWithoutFlow: (name) => `In ${name} ist kein Flow. Nur Bilder, die hier gespeichert wurden, haben einen in sich.`,
  // A flow as an app
  appResults: 'Ergebnisse',
  appBefore: 'Das Formular ausfüllen und ausführen: die Ergebnisse erscheinen hier.',
  appNoOutputs: 'Dieser Flow gibt nichts: im Editor einen Ausgang nach außen geben.',
  appOld: 'Diese Ergebnisse gehören zu früheren Werten.',
  appNeeded: (title) => `„${title}“ wird gebraucht.`,
  appFailed: (node) => `„${node}“ ist fehlgeschlagen.`,
  appConcerns: (inputs) =>
    `Er bekommt ${inputs.map((title) => `„${title}“`).join(', ')}: bitte ${inputs.length === 1 ? 'diesen Wert' : 'diese Werte'} prüfen.`,
} satisfies Partial<Messages>;
