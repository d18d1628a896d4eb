/** Texts of the outline, of templates, and of what is announced of a run. English; an app overrides any. */
export const outlineMessages = {
  toggleOutline: 'Outline',
  outlineLabel: 'Outline',
  outlineTools: 'What can be done with the current row',
  outlineFilter: 'Filter',
  outlineMore: (count: number) => `and ${count} more`,
  nextPanel: 'Go to the next panel',
  previousPanel: 'Go to the panel before',
  canvasNodeKeys: 'Enter selects it. Selected, C connects it, F2 renames it, Delete removes it.',
  canvasEdgeKeys: 'Enter selects it. Selected, Delete removes it.',
  openMenu: 'Menu of the selection',
  widgetFailed: (reason: string) => `This field failed: ${reason}`,
  // Templates
  templateSave: 'Save the selection as a template',
  templateName: 'Name of the template',
  templateSaved: (title: string) => `“${title}” is kept as a template.`,
  templateFailed: (reason: string) => `The template could not be kept: ${reason}`,
  templateRemove: (title: string) => `Forget the template ${title}`,
  templateShelf: 'Templates',
  templateSize: (count: number) => (count === 1 ? 'One node' : `${count} nodes`),
  changeTemplate: (title: string) => `Insert ${title}`,
  // A run, as it is told to those who do not see it
  announceRunProgress: (done: number, all: number) => `${done} of ${all} nodes are done.`,
  announceRunEnded: (ended: string, failed: number) =>
    failed === 0
      ? `The run has ended: ${ended}.`
      : `The run has ended: ${ended}. ${failed === 1 ? 'One node has failed' : `${failed} nodes have failed`}.`,
} as const;
