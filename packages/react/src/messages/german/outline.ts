import type { Messages } from '../messages.js';

/** Texts of the outline, of templates, and of what is announced of a run. */
export const germanOutline: Partial<Messages> = {
  toggleOutline: 'Gliederung',
  outlineLabel: 'Gliederung',
  outlineTools: 'Was mit der aktuellen Zeile geht',
  outlineFilter: 'Filtern',
  outlineMore: (count) => `und ${count} weitere`,
  nextPanel: 'Zum nächsten Bereich',
  previousPanel: 'Zum Bereich davor',
  canvasNodeKeys: 'Eingabe wählt ihn aus. Ausgewählt verbindet ihn C, F2 benennt ihn um, Entf löscht ihn.',
  canvasEdgeKeys: 'Eingabe wählt sie aus. Ausgewählt löscht sie Entf.',
  openMenu: 'Menü der Auswahl',
  widgetFailed: (reason) => `Dieses Feld ist ausgefallen: ${reason}`,
  templateSave: 'Auswahl als Vorlage behalten',
  templateName: 'Name der Vorlage',
  templateSaved: (title) => `„${title}“ ist als Vorlage behalten.`,
  templateFailed: (reason) => `Die Vorlage ließ sich nicht behalten: ${reason}`,
  templateRemove: (title) => `Vorlage ${title} vergessen`,
  templateShelf: 'Vorlagen',
  templateSize: (count) => (count === 1 ? 'Ein Knoten' : `${count} Knoten`),
  changeTemplate: (title) => `${title} einsetzen`,
  announceRunProgress: (done, all) => `${done} von ${all} Knoten sind fertig.`,
  announceRunEnded: (ended, failed) =>
    failed === 0
      ? `Der Lauf ist zu Ende: ${ended}.`
      : `Der Lauf ist zu Ende: ${ended}. ${failed === 1 ? 'Ein Knoten ist gescheitert' : `${failed} Knoten sind gescheitert`}.`,
};
