import { type EditorState, type Range, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { CodeErrorRange } from './code-error-range.js';
import { rangeOf } from './code-range.js';

const setRunError = StateEffect.define<CodeErrorRange | undefined>();

/** The failure of the last run, drawn into the text: the line, the part to blame, and below it what happened. */
export const runErrorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setRunError)) next = effect.value ? marksFor(transaction.state, effect.value) : Decoration.none;
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows another failure, or none, and brings it into sight. */
export function showRunError(view: EditorView, error: CodeErrorRange | undefined): void {
  const effects: StateEffect<unknown>[] = [setRunError.of(error)];
  if (error) effects.push(EditorView.scrollIntoView(rangeOf(view.state.doc, error).from, { y: 'center' }));
  view.dispatch({ effects });
}

function marksFor(state: EditorState, error: CodeErrorRange): DecorationSet {
  const { from, to } = rangeOf(state.doc, error);
  const line = state.doc.lineAt(from);
  const marks: Range<Decoration>[] = [Decoration.line({ class: 'loom-code-error-line' }).range(line.from)];
  if (to > from) marks.push(Decoration.mark({ class: 'loom-code-error' }).range(from, to));
  marks.push(Decoration.widget({ widget: new ErrorText(error.message), block: true, side: 1 }).range(line.to));
  return Decoration.set(marks, true);
}

class ErrorText extends WidgetType {
  readonly #message: string;

  constructor(message: string) {
    super();
    this.#message = message;
  }

  override eq(other: ErrorText): boolean {
    return other.#message === this.#message;
  }

  override toDOM(view: EditorView): HTMLElement {
    const element = view.dom.ownerDocument.createElement('div');
    element.className = 'loom-code-error-text';
    element.setAttribute('role', 'note');
    element.textContent = this.#message;
    return element;
  }
}
