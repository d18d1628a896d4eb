import { diff, unifiedMergeView } from '@codemirror/merge';
import type { ChangeSpec, Extension } from '@codemirror/state';

/** How long comparing two sources may take at once, in milliseconds; then it is done roughly. */
const COMPARE_MS = 100;
const COMPARE = { scanLimit: 500, timeout: COMPARE_MS };

/** Many small replacements between two texts, so that cursors and marks stay beside what they stood at. */
export function changesBetween(before: string, after: string): readonly ChangeSpec[] {
  return diff(before, after, COMPARE).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: after.slice(fromB, toB),
  }));
}

/** Shows the text against an earlier one: what came is marked, what went stands above it. */
export function comparedWith(earlier: string): Extension {
  return unifiedMergeView({
    original: earlier,
    mergeControls: false,
    syntaxHighlightDeletions: true,
    allowInlineDiffs: false,
    diffConfig: COMPARE,
  });
}
