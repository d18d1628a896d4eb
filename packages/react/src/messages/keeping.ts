/** Texts about keeping work: drafts, links, pictures with a flow inside. English; an app overrides any of them. */
export const keepingMessages = {
  keepingLabel: 'Unsaved work',
  keepingFailed: (reason: string) => `Your work is not being kept: ${reason}`,
  keepingFound: (time: Date) =>
    `Unsaved work of ${time.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })} was found.`,
  keepingRestore: 'Restore it',
  keepingDiscard: 'Discard it',
  keepingName: 'the unsaved work',
  keepingForeign: (time: Date) =>
    `Another window changed this flow (${time.toLocaleTimeString('en', { timeStyle: 'short' })}). Nothing is kept here until you choose.`,
  keepingTakeTheirs: 'Take its version',
  keepingTakeMine: 'Keep this one',
  keepingTheirs: 'the version of the other window',
  shareMore: 'Share and export',
  shareLink: 'Copy a link',
  shareCopied: (characters: number) =>
    `A link of ${characters.toLocaleString('en')} characters with the whole flow is in the clipboard.`,
  shareLong: (characters: number) =>
    `The link is in the clipboard. It has ${characters.toLocaleString('en')} characters: some programs cut such links. A file is safer.`,
  shareTooLong: (characters: number, most: number) =>
    `This flow is too large for a link (${characters.toLocaleString('en')} of at most ${most.toLocaleString('en')} characters). Save it as a file.`,
  shareCopyFailed: 'The link could not be copied. The browser does not allow it here.',
  exportPng: 'Save as a picture (PNG)',
  exportSvg: 'Save as a picture (SVG)',
  exportFailed: (reason: string) => `The picture could not be made: ${reason}`,
  imageWithoutFlow: (name: string) =>
    `There is no flow in ${name}. Only pictures that were saved here have one inside.`,
} as const;
