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

/** A flow's own source. */
interface FlowSource {
  readonly typeId: TypeId;
  readonly text: string;
}

/** Why a source is no module, as data; `line` is where, as far as that is known. */
export function syntaxFault(thrown: unknown, { typeId, text }: FlowSource, line: number | undefined): NodeError {
  const message = describeThrown(thrown);
  const code = 'javascript/syntax';
  if (line === undefined) return { code, message, frames: [] };
  const frames = [{ typeId, functionName: MODULE, line, text: lineAt(text.split('\n'), line) }];
  return { code, message, frames, traceback: tracebackText(message, frames) };
}

/**
 * What a node's code threw, as data. Frames are those in sources of flows, as far as the browser's stack tells; code of
 * the app and of Loom is left out.
 */
export function javascriptFault(thrown: unknown, source?: FlowSource): NodeError {
  return faultAt(thrown, source, 0);
}

function faultAt(thrown: unknown, source: FlowSource | undefined, depth: number): NodeError {
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

/** The name of what is in no function. */
const MODULE = '<module>';

/** Names that say nothing beside the name of the node type. */
const NAMELESS: ReadonlySet<string> = new Set([MODULE, 'default']);

/** What engines put around the name of a function that they call as a method: `Object.default [as run]`. */
const RECEIVER = /^(?:Object|Proxy|Module)\.| \[as .*\]$/g;

function framesOf(error: Error, source: FlowSource | undefined): SourceFrame[] {
  const lines = source?.text.split('\n');
  const frames: SourceFrame[] = [];
  for (const line of (error.stack ?? '').split('\n')) {
    const match = FRAME.exec(line);
    if (!match) continue;
    const [, name, encodedType, lineText, columnText] = match;
    const typeId = decodeName(encodedType ?? '', line.includes('loom-flow%2F'));
    const lineNumber = Number(lineText);
    const text = lines && source?.typeId === typeId ? lineAt(lines, lineNumber) : undefined;
    frames.push({
      typeId,
      functionName: name?.replace(RECEIVER, '') || MODULE,
      line: lineNumber,
      column: Number(columnText),
      ...(text === undefined ? {} : { text }),
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

function lineAt(lines: readonly string[], line: number): string {
  return (lines[line - 1] ?? '').trim();
}

function tracebackText(message: string, frames: readonly SourceFrame[]): string {
  const places = frames.map(({ typeId, functionName, line, column, text }) => {
    const at = column === undefined ? '' : `, column ${column}`;
    const within = NAMELESS.has(functionName) ? '' : `, in ${functionName}`;
    return `  ${typeId}, line ${line}${at}${within}${text ? `\n    ${text}` : ''}`;
  });
  return [...places, message].join('\n');
}
