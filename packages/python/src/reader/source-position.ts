/** A place for people: line and column start at 1, columns count UTF-16 units as editors do. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** Gives the position of an offset. The table of lines is made on the first question: most sources have no problem. */
export function createPositions(source: string): (offset: number) => SourcePosition {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(source);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Lines end with `\n`, `\r\n` or `\r`, as in Python; a form feed is only a space. */
function lineStarts(source: string): number[] {
  const starts = [0];
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 10 || (code === 13 && source.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
