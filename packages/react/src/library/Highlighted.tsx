import { Fragment, type ReactNode } from 'react';
import type { TextRange } from './match.js';

/** A text with the parts that matched a search marked. */
export function Highlighted({
  text,
  ranges,
}: {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}): ReactNode {
  if (ranges.length === 0) return text;
  const marked = new Set<number>();
  for (const { start, end } of ranges) for (let index = start; index < end; index++) marked.add(index);
  const pieces: { text: string; isMarked: boolean; start: number }[] = [];
  for (let index = 0; index < text.length; index++) {
    const isMarked = marked.has(index);
    const last = pieces.at(-1);
    if (last && last.isMarked === isMarked) last.text += text.charAt(index);
    else pieces.push({ text: text.charAt(index), isMarked, start: index });
  }
  return pieces.map((piece) =>
    piece.isMarked ? (
      <mark key={piece.start} className="loom-match">
        {piece.text}
      </mark>
    ) : (
      <Fragment key={piece.start}>{piece.text}</Fragment>
    ),
  );
}
