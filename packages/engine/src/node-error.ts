/** A place in a node's source. Lines and columns start at 1; columns count UTF-16 units as editors do. */
export interface SourceFrame {
  /** The node type whose source this is; absent for code that is not the user's. */
  readonly typeId?: string;
  readonly functionName: string;
  readonly line: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The line's text. */
  readonly text?: string;
}

/** Why a node failed: plain data that belongs to its run. */
export interface NodeError {
  /**
   * Words: `python/exception`, `python/syntax`, `python/missing-module`, `javascript/exception`, `node/missing-input`,
   * `node/unknown-type`, `node/timeout`, `value/not-portable`, `executor/lost`, `executor/failed-to-start`.
   */
  readonly code: string;
  /** One line for the node's badge, such as `ZeroDivisionError: division by zero`. */
  readonly message: string;
  /** The user's frames, innermost last. */
  readonly frames: readonly SourceFrame[];
  /** The whole report as text, trimmed to the user's code. */
  readonly traceback?: string;
  /** What this was raised from. */
  readonly cause?: NodeError;
}
