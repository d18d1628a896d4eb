/** Where a run failed in a source. Lines and columns start at 1; the end is behind the last character. */
export interface CodeErrorRange {
  readonly line: number;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  readonly message: string;
}
