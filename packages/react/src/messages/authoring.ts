/** Texts of the parts of an editor, of forms and of the code panel. */
export const authoringMessages = {
  partFailed: (reason: string) => `This part cannot be shown: ${reason}`,
  nodeViewFailed: (reason: string) => `The view of this node failed: ${reason}`,
  codeNothing: 'Select a node with code to see and edit it here.',
  codeSyntax: 'This cannot be read: something is missing here, or too much.',
  codeNone: 'This node has no code.',
  formatCode: 'Format',
  formatFailed: (reason: string) => `Not formatted: ${reason}`,
  formatSame: 'Nothing to format.',
  codeCompare: 'Changes since the last run',
  codeCheckFailed: (reason: string) => `The code is not checked: ${reason}`,
  pickValue: (label: string) => `Choose ${label}`,
  problemPicked: (kind: 'date' | 'time' | 'date-time' | 'color', example: string) =>
    `A ${kind} is needed, such as ${example}.`,
  formAdd: (label: string) => `Add ${label}`.trim(),
  formRemove: (label: string) => `Remove ${label}`.trim(),
  formUp: (label: string) => `Move ${label} up`,
  formDown: (label: string) => `Move ${label} down`,
  formNewKey: (label: string) => (label === '' ? 'New name' : `New name in ${label}`),
  formKey: (label: string, key: string) => `Name of ${label}: ${key}`,
  formMore: (count: number) => (count === 0 ? 'No more rows here.' : `${count} more are not shown.`),
  formAsText: 'Edit as JSON',
  formAsFields: 'Edit in fields',
  emptyParts: 'empty',
  entryCount: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
  kindOfValue: (kind: string): string =>
    (
      ({
        string: 'Text',
        number: 'Number',
        integer: 'Whole number',
        boolean: 'Yes or no',
        array: 'List',
        object: 'Named values',
        null: 'None',
      }) as Readonly<Record<string, string>>
    )[kind] ?? 'Anything',
  kindListOf: (kind: string) => `List: ${kind}`,
  /** The keyword of the schema, what it asks for, and that as an English sentence. */
  problemSchema: (_keyword: string, _limit: string, sentence: string): string => sentence,
} as const;
