import { LoomError, type TypeId } from '@loom/graph';
import { describeThrown, faultFrom } from '../fault.js';
import type { NodeError, SourceFrame } from '../node-error.js';

/** What the stack of an engine calls the module of a flow type, by a `sourceURL` comment at its end. */
const MODULE_PREFIX = 'loom-flow/';

/** How deep a chain of causes is followed: `cause` may well point back to itself. */
const MAX_CAUSES = 8;

/** Frames kept of one error, the innermost; a runaway recursion has thousands. */
const MAX_FRAMES = 50;

/** The source with a name for stacks. It goes to the end, so that lines stay as written. */
export function nameSource(source: string, typeId: TypeId, revision: string): string {
  return `${source}\n//# sourceURL=${MODULE_PREFIX}${encodeURIComponent(typeId)}/${encodeURIComponent(revision)}.js`;
}

/**
 * What a node's code threw, as data. Frames are those in sources of flows, as far as the browser's stack tells; code of
 * the app and of Loom is left out.
 */
export function javascriptFault(
  thrown: unknown,
  source?: { readonly typeId: TypeId; readonly text: string },
): NodeError {
  return faultAt(thrown, source, 0);
}

function faultAt(
  thrown: unknown,
  source: { readonly typeId: TypeId; readonly text: string } | undefined,
  depth: number,
): NodeError {
  if (thrown instanceof LoomError) return faultFrom(thrown);
  const frames = thrown instanceof Error ? framesOf(thrown, source) : [];
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const message = describeThrown(thrown);
  return {
    code: 'javascript/exception',
    message,
    frames,
    ...(frames.length > 0 ? { traceback: tracebackText(message, frames) } : {}),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: faultAt(cause, source, depth + 1) }),
  };
}

// V8: `at name (loom-flow/type/revision.js:3:9)`; Firefox and Safari: `name@loom-flow/type/revision.js:3:9`. Where source
// maps are on, Node names the whole data URL instead, at whose end the same name stands encoded.
const FRAME =
  /^\s*(?:at\s+)?(?:async\s+)?(.*?)\s*[(@]?\s*(?:\S*(?:\/|%3D))?loom-flow(?:\/|%2F)(\S+?)(?:\/|%2F)[^/\s]+?\.js:(\d+):(\d+)\)?$/;

/** What engines put around the name of a function that they call as a method: `Object.default [as run]`. */
const RECEIVER = /^(?:Object|Proxy|Module)\.| \[as .*\]$/g;

function framesOf(error: Error, source: { readonly typeId: TypeId; readonly text: string } | undefined): SourceFrame[] {
  const lines = source?.text.split('\n');
  const frames: SourceFrame[] = [];
  for (const line of (error.stack ?? '').split('\n')) {
    const match = FRAME.exec(line);
    if (!match) continue;
    const [, name, encodedType, lineText, columnText] = match;
    const typeId = decodeName(encodedType ?? '', line.includes('loom-flow%2F'));
    const lineNumber = Number(lineText);
    const text = source?.typeId === typeId ? lines?.[lineNumber - 1] : undefined;
    frames.push({
      typeId,
      functionName: name?.replace(RECEIVER, '') || '<module>',
      line: lineNumber,
      column: Number(columnText),
      ...(text === undefined ? {} : { text: text.trim() }),
    });
    if (frames.length === MAX_FRAMES) break;
  }
  // Stacks begin with the innermost frame; ours end with it.
  return frames.reverse();
}

function decodeName(encoded: string, isWithinUrl: boolean): string {
  const once = decodeURIComponent(encoded);
  return isWithinUrl ? decodeURIComponent(once) : once;
}

function tracebackText(message: string, frames: readonly SourceFrame[]): string {
  const places = frames.map(
    ({ functionName, line, column, text }) =>
      `  line ${line}, column ${column ?? 1}, in ${functionName}${text === undefined ? '' : `\n    ${text}`}`,
  );
  return [...places, message].join('\n');
}
