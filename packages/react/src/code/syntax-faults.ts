import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';

/** How long reading a source may take at once, in milliseconds: it must not hold typing. */
const PARSE_MS = 20;
/** One missing bracket upsets many lines: more marks than this help nobody. */
const MOST_FAULTS = 20;

/**
 * Where a source cannot be read, once for each line. The editor's own reader says so, without running anything: it may not
 * know the newest syntax, so these are warnings.
 */
export function syntaxFaults(state: EditorState, message: string): readonly Diagnostic[] {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS) ?? syntaxTree(state);
  const faults = new Map<number, Diagnostic>();
  tree.iterate({
    enter({ type, from, to }) {
      if (faults.size >= MOST_FAULTS) return false;
      if (!type.isError) return undefined;
      const line = state.doc.lineAt(from);
      if (faults.has(line.number)) return undefined;
      // What is missing has no width: the character before it is marked.
      const range =
        to > from
          ? { from, to: Math.min(to, line.to) }
          : { from: Math.max(line.from, from - 1), to: Math.max(from, line.from) };
      faults.set(line.number, { ...range, message, severity: 'warning' });
      return undefined;
    },
  });
  return [...faults.values()];
}
