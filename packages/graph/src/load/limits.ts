/** How much a document may hold. What is beyond is refused quickly instead of hanging whoever opens it. */
export interface LoadLimits {
  /** Nodes, those of subgraphs included. There may be ten times as many edges. @default 250_000 */
  readonly nodes: number;
  /** Levels within one value, such as a literal. Deeper ones are left out. @default 200 */
  readonly depth: number;
  /** Characters of JSON text, or about as much for parsed input. @default 128 MiB */
  readonly bytes: number;
}

export const defaultLimits: LoadLimits = { nodes: 250_000, depth: 200, bytes: 128 * 1024 * 1024 };

/** The only key that no table may have: assigning it changes an object's prototype instead of its content. */
export const unsafeKey = '__proto__';
