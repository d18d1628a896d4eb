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
} as const;
