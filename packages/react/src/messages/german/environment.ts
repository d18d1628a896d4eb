import type { Messages } from '../messages.js';

/** Texts about the Python packages of a flow. */
export const germanEnvironment = {
  environmentTitle: 'Python-Pakete',
  environmentLabel: 'Anforderungen, eine je Zeile',
  environmentPlaceholder: 'zum Beispiel numpy>=2',
  environmentChange: 'Python-Pakete ändern',
  environmentProblem: (line, message) => `Zeile ${line}: ${message}`,
  environmentState: (state) =>
    ({
      'not-started': 'Der nächste Lauf stellt sie bereit.',
      resolving: 'Pakete werden gesucht',
      downloading: 'Pakete werden geladen',
      installing: 'Pakete werden eingerichtet',
      ready: 'Bereit',
      failed: 'Nicht bereit',
    })[state],
  environmentChanged: 'Die Anforderungen haben sich seither geändert: der nächste Lauf stellt sie bereit.',
  environmentFailed: (reason) => `Die Python-Pakete sind nicht bereit: ${reason}`,
  environmentRetry: 'Noch einmal ausführen',
  environmentLock: 'Diese Versionen behalten',
  environmentLocked: 'Diese Versionen sind im Flow festgehalten.',
  environmentUnlock: 'Neu wählen',
} satisfies Partial<Messages>;
