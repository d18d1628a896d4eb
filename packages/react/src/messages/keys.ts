/** Texts of the sheet of keys. English; an app overrides any. */
export const keyMessages = {
  help: 'Keys',
  helpTitle: 'Keys',
  helpPart: (
    part: 'run' | 'node' | 'port' | 'edit' | 'zone' | 'subgraph' | 'arrange' | 'move' | 'view' | 'file' | 'app',
  ) =>
    ({
      run: 'Run',
      node: 'Nodes',
      port: 'Ports and wires',
      edit: 'Edit',
      zone: 'Zones',
      subgraph: 'Subgraphs',
      arrange: 'Arrange',
      move: 'Move',
      view: 'View',
      file: 'File',
      app: 'This app',
    })[part],
  keysFilter: 'Search commands and keys',
  keysChange: 'Change keys',
  keysChangeEnd: 'Done',
  keysAdd: (command: string) => `Add a key for ${command}`,
  keysRemove: (key: string, command: string) => `Take ${key} from ${command}`,
  keysReset: (command: string) => `Give ${command} its own keys back`,
  keysResetAll: 'Reset all keys',
  keysPress: 'Press the new keys',
  keysPressFor: (command: string) => `Press the new keys for ${command}. Escape leaves it as it is.`,
  keysNone: 'no keys',
  keysSet: (key: string, command: string) => `${key} is now ${command}.`,
  keysTaken: (key: string, commands: readonly string[]) =>
    `${key} belongs to ${commands.map((command) => `“${command}”`).join(', ')}.`,
  keysTake: 'Use it here instead',
  keysTryOther: 'Other keys',
  keysLeave: 'Leave it',
  keysNeverArrive: (key: string) =>
    `${key} belongs to the browser or the system and never comes here. Choose other keys.`,
  keysFixed: (key: string) => `${key} has one meaning in the whole editor. Choose other keys.`,
  keysOfBrowser: (key: string) =>
    `${key} is now set. The browser has a use for it too: while the focus is in the editor, the editor takes it.`,
  keysNotKept: 'What you choose holds until this page is closed.',
} as const;
