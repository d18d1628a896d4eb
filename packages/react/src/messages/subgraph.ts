/** Texts of subgraphs. English; an app overrides any. */
export const subgraphMessages = {
  subgraphMake: 'Make a subgraph',
  subgraphOpen: 'Open the subgraph',
  subgraphLeave: 'Leave the subgraph',
  subgraphUnpack: 'Unpack the subgraph',
  subgraphDetach: 'Make this instance its own',
  subgraphTitle: 'Subgraph',
  subgraphCopy: (title: string) => `${title} (own)`,
  subgraphPath: 'Where you are',
  subgraphUses: (count: number) =>
    count === 1 ? 'Used once.' : `Used by ${count} nodes: all of them follow what is changed here.`,
  promoteInput: (port: string) => `Show ${port} on the outside`,
  promoteOutput: (port: string) => `Give ${port} on the outside`,
} as const;
