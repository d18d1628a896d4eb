import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { python, pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
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
import { createCodeMarks } from './code-marks.js';
import { codeTheme } from './code-theme.js';
import { answerOf, type CodeTool } from './code-tool.js';
import { completeJavaScript, completePython, type OfferedPorts } from './port-completion.js';
import { runErrorField, showRunError } from './run-error.js';
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
  /** What is offered while one types; read when it is needed. */
  readonly ports: () => OfferedPorts;
  /** Called with the whole text after each change that a person makes; `formatted` when a tool made it for them. */
  readonly onChange: (text: string, how: CodeChange) => void;
  /** Told why the tool that checks the source did not answer. */
  readonly onToolFailure: (reason: string) => void;
  /** The key that formats was pressed. */
  readonly onFormatKey: () => void;
}

/** How a text came about. */
export type CodeChange = 'typed' | 'formatted';

/** What became of formatting: `same` when there was nothing to do, `overtaken` when somebody typed on meanwhile. */
export type Formatted =
  | { readonly kind: 'done' | 'same' | 'overtaken' }
  | { readonly kind: 'failed'; readonly reason: string };

/** A code editor in the page. */
export interface CodeView {
  /** Makes the text this, unless it is only the parent's answer to what was typed. */
  setText(text: string): void;
  setLanguage(language: CodeLanguage): void;
  setReadOnly(readOnly: boolean): void;
  setLabel(label: string): void;
  setProblems(problems: readonly TypeProblem[]): void;
  setRunError(error: CodeErrorRange | undefined): void;
  /** What checks the source from now on. */
  setTool(tool: CodeTool | undefined): void;
  /** Shows the text against an earlier one, until it is told to stop. */
  compareWith(earlier: string | undefined): void;
  /** Lays out the text, as one step that can be undone. What cannot be read stays as it is. */
  format(tool: CodeTool): Promise<Formatted>;
  destroy(): void;
}

/** Marks changes that come from outside, which are not told back. */
const fromOutside = Annotation.define<boolean>();
/** Texts on their way to the parent and back. A parent that is behind by more has stopped answering. */
const MOST_PENDING = 200;

/** Makes the editor. This module and all that it imports is loaded when the first editor is shown. */
export function createCodeView(options: CodeViewOptions): CodeView {
  const language = new Compartment();
  const editing = new Compartment();
  const naming = new Compartment();
  const comparing = new Compartment();
  // What was told to the parent and has not come back yet. A parent that answers late must not undo newer typing.
  let pending: string[] = [];
  let compared: string | undefined;
  let isOver = false;

  const view = new EditorView({
    parent: options.parent,
    ...(options.startLine === undefined ? {} : { scrollTo: scrollToLine(options.text, options.startLine) }),
    state: EditorState.create({
      doc: options.text,
      extensions: [
        options.cspNonce === undefined ? [] : EditorView.cspNonce.of(options.cspNonce),
        baseExtensions,
        language.of(languageSupport(options.language, options.ports)),
        comparing.of([]),
        keymap.of([
          {
            key: 'Shift-Alt-f',
            run: () => {
              options.onFormatKey();
              return true;
            },
          },
        ]),
        editing.of(readOnlyState(options.readOnly)),
        naming.of(labelled(options.label)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) marks.changed();
          if (!update.docChanged || update.transactions.some((made) => made.annotation(fromOutside))) return;
          const text = update.state.doc.toString();
          pending = [...pending.slice(1 - MOST_PENDING), text];
          options.onChange(
            text,
            update.transactions.some((made) => made.isUserEvent('format')) ? 'formatted' : 'typed',
          );
        }),
        EditorView.domEventHandlers({
          blur: () => {
            pending = [];
          },
        }),
      ],
    }),
  });

  const marks = createCodeMarks(view, { syntaxText: options.syntaxText, onFailure: options.onToolFailure });

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
      view.dispatch({ effects: language.reconfigure(languageSupport(next, options.ports)) });
    },
    setReadOnly(readOnly) {
      view.dispatch({ effects: editing.reconfigure(readOnlyState(readOnly)) });
    },
    setLabel(label) {
      view.dispatch({ effects: naming.reconfigure(labelled(label)) });
    },
    setProblems: marks.setProblems,
    setTool: marks.setTool,
    setRunError(error) {
      showRunError(view, error);
    },
    compareWith(earlier) {
      if (earlier === compared) return;
      compared = earlier;
      if (earlier === undefined) view.dispatch({ effects: comparing.reconfigure([]) });
      else
        void import('./code-diff.js').then(({ comparedWith }) => {
          if (!isOver && compared === earlier) view.dispatch({ effects: comparing.reconfigure(comparedWith(earlier)) });
        });
    },
    async format(tool) {
      const { doc } = view.state;
      try {
        const before = doc.toString();
        const [after, { changesBetween }] = await Promise.all([
          answerOf(tool.format?.(before) ?? Promise.resolve(before)),
          import('./code-diff.js'),
        ]);
        if (isOver || view.state.doc !== doc) return { kind: 'overtaken' };
        if (after === before) return { kind: 'same' };
        view.dispatch({
          changes: changesBetween(before, after),
          userEvent: 'format',
          annotations: isolateHistory.of('full'),
          scrollIntoView: true,
        });
        return { kind: 'done' };
      } catch (error) {
        return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    destroy() {
      isOver = true;
      marks.destroy();
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

function languageSupport(language: CodeLanguage, ports: () => OfferedPorts): Extension {
  return language === 'python'
    ? [python(), indentUnit.of('    '), pythonLanguage.data.of({ autocomplete: completePython })]
    : [javascript(), indentUnit.of('  '), javascriptLanguage.data.of({ autocomplete: completeJavaScript(ports) })];
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
