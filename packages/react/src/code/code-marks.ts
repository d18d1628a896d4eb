import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { TypeProblem } from '@loom/graph';
import { rangeOf } from './code-range.js';
import { answerOf, type CodeTool } from './code-tool.js';
import { syntaxFaults } from './syntax-faults.js';

/** A source is looked over once typing has paused for so long, in milliseconds: half a word is no fault. */
const PAUSE_MS = 400;

/** Marks what is wrong with a source. */
export interface CodeMarks {
  setProblems(problems: readonly TypeProblem[]): void;
  setTool(tool: CodeTool | undefined): void;
  /** The text has changed: it is looked over once that pauses. */
  changed(): void;
  destroy(): void;
}

interface CodeMarksOptions {
  /** What is said of a place that cannot be read. */
  readonly syntaxText: string;
  /** Told why a tool did not answer. It is not asked again. */
  readonly onFailure: (reason: string) => void;
}

/**
 * Marks what the reader of signatures says and what the tool says; without a tool, lines that cannot be read. A line that
 * one of them blames is not blamed again by the next.
 */
export function createCodeMarks(view: EditorView, { syntaxText, onFailure }: CodeMarksOptions): CodeMarks {
  let problems: readonly TypeProblem[] = [];
  let tool: CodeTool | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** What the tool said, and of what text. */
  let checked: { readonly of: EditorState['doc']; readonly faults: readonly TypeProblem[] } | undefined;
  let isOver = false;

  function mark(): void {
    const { state } = view;
    const said = diagnosticsOf(state, problems);
    const lines = linesOf(state, said);
    // Its grammar knows the newest syntax, which the editor's own may not.
    const more = checked?.of === state.doc ? diagnosticsOf(state, checked.faults) : syntaxFaults(state, syntaxText);
    view.dispatch(setDiagnostics(state, [...said, ...more.filter(({ from }) => !lines.has(lineOf(state, from)))]));
  }

  async function check(asked: CodeTool | undefined): Promise<void> {
    const { doc } = view.state;
    if (asked?.lint === undefined || checked?.of === doc) return;
    try {
      const faults = await answerOf(asked.lint(doc.toString()));
      if (isOver || asked !== tool) return;
      checked = { of: doc, faults };
      if (view.state.doc === doc) mark();
    } catch (error) {
      if (isOver || asked !== tool) return;
      // It would say so again with every pause.
      tool = undefined;
      onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  function look(): void {
    mark();
    void check(tool);
  }

  return {
    setProblems(next) {
      problems = next;
      mark();
    },
    setTool(next) {
      tool = next;
      checked = undefined;
      look();
    },
    changed() {
      clearTimeout(pause);
      pause = setTimeout(look, PAUSE_MS);
    },
    destroy() {
      isOver = true;
      clearTimeout(pause);
    },
  };
}

function diagnosticsOf(state: EditorState, problems: readonly TypeProblem[]): readonly Diagnostic[] {
  return problems.map((problem) => {
    const { message, severity } = problem;
    return { ...rangeOf(state.doc, problem), message, severity };
  });
}

function linesOf(state: EditorState, diagnostics: readonly Diagnostic[]): ReadonlySet<number> {
  return new Set(diagnostics.map(({ from }) => lineOf(state, from)));
}

function lineOf(state: EditorState, position: number): number {
  return state.doc.lineAt(position).number;
}
