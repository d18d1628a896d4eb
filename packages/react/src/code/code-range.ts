import type { Text } from '@codemirror/state';

/** A place in a source as others say it. Lines and columns start at 1 and may be missing or wrong. */
export interface SourcePlace {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

/**
 * The range of a place in the text as it is now, never outside of it and never empty where the line has text. Without
 * a column it is the line without its indentation; without an end it goes to the end of the line.
 */
export function rangeOf(text: Text, place: SourcePlace): { from: number; to: number } {
  const first = text.line(clamp(place.line ?? 1, 1, text.lines));
  const last = text.line(clamp(place.endLine ?? first.number, first.number, text.lines));
  const indent = first.text.length - first.text.trimStart().length;
  const start = first.from + clamp((place.column ?? indent + 1) - 1, 0, first.length);
  const end = place.endColumn === undefined ? last.to : last.from + clamp(place.endColumn - 1, 0, last.length);
  if (end > start) return { from: start, to: end };
  // A place behind the last character, such as where a bracket is missing, marks the character before.
  return { from: Math.max(first.from, Math.min(start, first.to - 1)), to: Math.max(start, first.to) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.trunc(value) || least));
}
