import { type Json, sameJson } from '@loom/graph';
import { type KeyboardEvent, useState } from 'react';

/** What a text stands for: a value, the absence of one, or nothing yet and why. */
export type Reading =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'absent' }
  | { readonly kind: 'problem'; readonly message: string };

interface DraftOptions {
  readonly value: Json | undefined;
  readonly format: (value: Json) => string;
  readonly read: (text: string) => Reading;
  readonly onChange: (value: Json) => void;
  readonly onClear: () => void;
}

interface DraftState {
  readonly text: string;
  readonly problem: string | undefined;
  /** The value when typing began: Escape returns to it. */
  readonly origin: Json | undefined;
  /** The value that the parent should hold because of this text. */
  readonly expected: Json | undefined;
  /** The value that it held when the text was typed, until it has taken the new one over. */
  readonly before: { readonly value: Json | undefined } | undefined;
}

/** A text field's own text, beside the value that it controls. */
export interface Draft {
  readonly text: string;
  readonly problem: string | undefined;
  /** True between the first key and the end of editing. */
  readonly isEditing: boolean;
  type(text: string): void;
  /** Typing is over: what was valid is shown as the value is written; what was not stays, with its problem. */
  settle(): void;
  /** On Escape, gives back the value from before. Leaves the key to others when there is nothing to give back. */
  restoreOnEscape(event: KeyboardEvent): void;
}

/**
 * Lets a person type freely while only valid values reach the parent. What was typed stays as it is (`1e3`, `5.`) as
 * long as the value is the one that it stands for; a value from elsewhere (undo, another editor) replaces it.
 */
export function useDraft({ value, format, read, onChange, onClear }: DraftOptions): Draft {
  const [stored, setStored] = useState<DraftState | undefined>(undefined);
  const draft = stored && follow(stored, value);
  // Adjusting state while rendering: React repeats this render at once, and nobody sees the one between.
  if (draft !== stored) setStored(draft);

  const emit = (next: Json | undefined): void => {
    if (next === undefined) onClear();
    else onChange(next);
  };

  return {
    text: draft?.text ?? (value === undefined ? '' : format(value)),
    problem: draft?.problem,
    isEditing: draft !== undefined,
    type(text) {
      const reading = read(text);
      const held = draft ? draft.expected : value;
      const expected = reading.kind === 'problem' ? held : reading.kind === 'absent' ? undefined : reading.value;
      setStored({
        text,
        problem: reading.kind === 'problem' ? reading.message : undefined,
        origin: draft ? draft.origin : value,
        expected,
        before: sameJson(expected, value) ? undefined : { value },
      });
      if (!sameJson(expected, held)) emit(expected);
    },
    settle() {
      if (draft?.problem === undefined) setStored(undefined);
    },
    restoreOnEscape(event) {
      if (event.key !== 'Escape' || !draft) return;
      event.preventDefault();
      event.stopPropagation();
      setStored(undefined);
      if (!sameJson(draft.origin, draft.expected)) emit(draft.origin);
    },
  };
}

/** What becomes of a draft when the parent holds this value: the same, confirmed, or gone. */
function follow(draft: DraftState, value: Json | undefined): DraftState | undefined {
  if (sameJson(value, draft.expected)) return draft.before ? { ...draft, before: undefined } : draft;
  return draft.before && sameJson(value, draft.before.value) ? draft : undefined;
}
