/** What is wrong with a document, where, and what was done about it. Loading never throws: it returns these. */
export interface Issue {
  /** Words, stable: `document/not-json`, `edge/dangling`, `node/unknown-type`. */
  readonly code: string;
  /** `error`: the flow or a part of it cannot run as written. `warning`: it can, but look. */
  readonly severity: 'error' | 'warning';
  /** What happened and what to do. */
  readonly message: string;
  /** Where in the document, as keys: `['nodes', 'a', 'inputs', 'x']`. */
  readonly path: readonly (string | number)[];
}
