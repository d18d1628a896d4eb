import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, Text, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { TypeProblem } from '@loom/graph';
import type { CodeErrorRange } from './code-error-range.js';
import { rangeOf } from './code-range.js';
import { codeTheme } from './code-theme.js';
import { runErrorField, showRunError } from './run-error.js';
import { syntaxFaults } from './syntax-faults.js';
import { textChange } from './text-change.js';

export type CodeLanguage = 'python' | 'javascript';

export interface CodeViewOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly language: CodeLanguage;
  readonly readOnly: boolean;
  readonly cspNonce: string | undefined;
  /** What is said of a place that cannot be read. */
  readonly syntaxText: string;
  /** The line that is first in sight, counted from 1. */
  readonly startLine: number | undefined;
  /** Called with the whole text after each change that a person makes. */
  readonly onChange: (text: string) => void;
}

/** A code editor in the page. */
export interface CodeView {
  /** Makes the text this, unless it is only the parent's answer to what was typed. */
  setText(text: string): void;
  setLanguage(language: CodeLanguage): void;
  setReadOnly(readOnly: boolean): void;
  setLabel(label: string): void;
  setProblems(problems: readonly TypeProblem[]): void;
  setRunError(error: CodeErrorRange | undefined): void;
  destroy(): void;
}

/** Marks changes that come from outside, which are not told back. */
const fromOutside = Annotation.define<boolean>();
/** A source is looked over once typing has paused for so long, in milliseconds: half a word is no fault. */
const PAUSE_MS = 400;
/** Texts on their way to the parent and back. A parent that is behind by more has stopped answering. */
const MOST_PENDING = 200;

/** Makes the editor. This module and all that it imports is loaded when the first editor is shown. */
export function createCodeView(options: CodeViewOptions): CodeView {
  const language = new Compartment();
  const editing = new Compartment();
  const naming = new Compartment();
  // What was told to the parent and has not come back yet. A parent that answers late must not undo newer typing.
  let pending: string[] = [];
  let problems: readonly TypeProblem[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;

  const view = new EditorView({
    parent: options.parent,
    ...(options.startLine === undefined ? {} : { scrollTo: scrollToLine(options.text, options.startLine) }),
    state: EditorState.create({
      doc: options.text,
      extensions: [
        options.cspNonce === undefined ? [] : EditorView.cspNonce.of(options.cspNonce),
        baseExtensions,
        language.of(languageSupport(options.language)),
        editing.of(readOnlyState(options.readOnly)),
        naming.of(labelled(options.label)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            clearTimeout(pause);
            pause = setTimeout(mark, PAUSE_MS);
          }
          if (!update.docChanged || update.transactions.some((made) => made.annotation(fromOutside))) return;
          const text = update.state.doc.toString();
          pending = [...pending.slice(1 - MOST_PENDING), text];
          options.onChange(text);
        }),
        EditorView.domEventHandlers({
          blur: () => {
            pending = [];
          },
        }),
      ],
    }),
  });

  /** Marks what is wrong: what the reader of signatures says, and lines that cannot be read of which it says nothing. */
  function mark(): void {
    const { state } = view;
    const said = problems.map((problem): Diagnostic => {
      const { message, severity } = problem;
      return { ...rangeOf(state.doc, problem), message, severity };
    });
    const lines = new Set(said.map(({ from }) => state.doc.lineAt(from).number));
    const unreadable = syntaxFaults(state, options.syntaxText).filter(
      ({ from }) => !lines.has(state.doc.lineAt(from).number),
    );
    view.dispatch(setDiagnostics(state, [...said, ...unreadable]));
  }

  return {
    setText(text) {
      const now = view.state.doc.toString();
      const echo = view.hasFocus ? pending.indexOf(text) : -1;
      if (text === now) pending = [];
      else if (echo !== -1) pending = pending.slice(echo + 1);
      else {
        pending = [];
        const changes = textChange(now, text);
        if (changes)
          view.dispatch({ changes, annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)] });
      }
    },
    setLanguage(next) {
      view.dispatch({ effects: language.reconfigure(languageSupport(next)) });
    },
    setReadOnly(readOnly) {
      view.dispatch({ effects: editing.reconfigure(readOnlyState(readOnly)) });
    },
    setLabel(label) {
      view.dispatch({ effects: naming.reconfigure(labelled(label)) });
    },
    setProblems(next) {
      problems = next;
      mark();
    },
    setRunError(error) {
      showRunError(view, error);
    },
    destroy() {
      clearTimeout(pause);
      view.destroy();
    },
  };
}

const baseExtensions: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ icons: false }),
  highlightActiveLine(),
  lintGutter(),
  runErrorField,
  codeTheme,
  keymap.of([
    ...closeBracketsKeymap,
    // Mod-Enter would insert a line; around the editor it runs the flow.
    ...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'),
    ...historyKeymap,
    ...completionKeymap,
    indentWithTab,
  ]),
];

function languageSupport(language: CodeLanguage): Extension {
  return language === 'python' ? [python(), indentUnit.of('    ')] : [javascript(), indentUnit.of('  ')];
}

function labelled(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
}

/** Some lines above stay in sight, for decorators and comments. */
const LINES_ABOVE = 3;

function scrollToLine(source: string, line: number): ReturnType<typeof EditorView.scrollIntoView> {
  const text = Text.of(source.split('\n'));
  return EditorView.scrollIntoView(text.line(Math.min(text.lines, Math.max(1, line - LINES_ABOVE))).from, {
    y: 'start',
  });
}

/** The text stays reachable by keyboard and can be selected; it only cannot be changed. */
function readOnlyState(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.contentAttributes.of({ 'aria-readonly': String(readOnly) })];
}
