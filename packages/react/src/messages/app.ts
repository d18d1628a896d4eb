/** Texts of a flow as an app. English; an app overrides any of them. */
export const appMessages = {
  appResults: 'Results',
  appBefore: 'Fill in the form and run it: the results appear here.',
  appNoOutputs: 'This flow gives nothing: promote an output in the editor.',
  appOld: 'These results are of earlier values.',
  appNeeded: (title: string) => `“${title}” is needed.`,
  appFailed: (node: string) => `“${node}” failed.`,
  appConcerns: (inputs: readonly string[]) =>
    `It takes ${inputs.map((title) => `“${title}”`).join(', ')}: check ${inputs.length === 1 ? 'this value' : 'these values'}.`,
} as const;
