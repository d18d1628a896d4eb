import type { NodeError, SourceFrame } from '@loom/engine';

/** The innermost place in the user's own code that an error names, looking through its causes. */
export function faultLine(error: NodeError): SourceFrame | undefined {
  for (let current: NodeError | undefined = error; current !== undefined; current = current.cause) {
    const own = current.frames.filter((frame) => frame.typeId !== undefined).at(-1);
    if (own !== undefined) return own;
  }
  return undefined;
}
