/** A piece of a node's output, as it came. */
export interface LogChunk {
  readonly stream: 'stdout' | 'stderr' | 'log';
  readonly text: string;
}

/** What a node wrote in its run, the newest part of it. */
export interface NodeLog {
  readonly chunks: readonly LogChunk[];
  /** Characters of all chunks. */
  readonly length: number;
  /** How many chunks came before the first one and were dropped. */
  readonly dropped: number;
}

/** Chunks kept of one node. */
export const MAX_LOG_CHUNKS = 1_000;
/** Characters kept of one node. */
export const MAX_LOG_LENGTH = 256 * 1024;

export const emptyLog: NodeLog = Object.freeze({
  chunks: Object.freeze([]) as readonly LogChunk[],
  length: 0,
  dropped: 0,
});

/** The log with chunks added at its end, cut at its beginning to stay within bounds. */
export function appendLog(log: NodeLog, added: readonly LogChunk[]): NodeLog {
  if (added.length === 0) return log;
  const chunks = [...log.chunks, ...added.map(cutChunk)];
  let length = log.length;
  for (let i = log.chunks.length; i < chunks.length; i++) length += (chunks[i] as LogChunk).text.length; // within bounds
  let first = Math.max(0, chunks.length - MAX_LOG_CHUNKS);
  for (let i = 0; i < first; i++) length -= (chunks[i] as LogChunk).text.length; // within bounds
  while (length > MAX_LOG_LENGTH && first < chunks.length - 1) length -= (chunks[first++] as LogChunk).text.length;
  return { chunks: first === 0 ? chunks : chunks.slice(first), length, dropped: log.dropped + first };
}

function cutChunk(chunk: LogChunk): LogChunk {
  return chunk.text.length <= MAX_LOG_LENGTH ? chunk : { ...chunk, text: chunk.text.slice(-MAX_LOG_LENGTH) };
}
