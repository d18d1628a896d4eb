import { describePortType, type Json } from '@loom/graph';
import type { ReactNode } from 'react';
import { type Messages, useMessages } from '../messages/messages.js';
import { misfit } from './fits.js';
import { GrowingText } from './GrowingText.js';
import { formatJson, type JsonProblem, parseJson } from './json-text.js';
import { placeholderFor } from './placeholder.js';
import { type Reading, useDraft } from './useDraft.js';
import { problemId, WidgetFrame } from './WidgetFrame.js';
import type { PortWidgetProps } from './widget-props.js';

/** JSON as text: lists, dicts and anything else that has no field of its own. Only what parses and fits is committed. */
export function JsonField(props: PortWidgetProps): ReactNode {
  const { port, value, onChange, onClear, readOnly, inputId, label } = props;
  const messages = useMessages();
  const draft = useDraft({ value, format: formatJson, read, onChange, onClear });
  const misfitting = value === undefined || draft.isEditing ? undefined : misfitWords(value);
  const problem = draft.problem ?? misfitting ?? props.fault;

  function read(text: string): Reading {
    const parsed = parseJson(text);
    if (!parsed.ok && parsed.problem.kind === 'empty' && !port.required) return { kind: 'absent' };
    if (!parsed.ok) return { kind: 'problem', message: wordsFor(parsed.problem, messages) };
    const message = misfitWords(parsed.value);
    return message === undefined ? { kind: 'value', value: parsed.value } : { kind: 'problem', message };
  }

  function misfitWords(candidate: Json): string | undefined {
    const found = misfit(candidate, port.type);
    if (!found) return undefined;
    const type = describePortType(found.type);
    return found.path === '' ? messages.problemType(type) : messages.problemTypeAt(type, found.path);
  }

  return (
    <WidgetFrame {...props} kind="json" problem={problem} clearable onReset={draft.settle}>
      <GrowingText
        id={inputId}
        mono
        text={draft.text}
        minRows={1}
        readOnly={readOnly}
        aria-label={label}
        aria-required={port.required || undefined}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId(inputId)}
        placeholder={placeholderFor(port, messages, formatJson)}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.settle}
        onKeyDown={draft.restoreOnEscape}
      />
    </WidgetFrame>
  );
}

function wordsFor(problem: JsonProblem, messages: Messages): string {
  switch (problem.kind) {
    case 'empty':
      return messages.problemJsonEmpty;
    case 'ends-early':
      return messages.problemJsonEnd;
    case 'at':
      return messages.problemJsonAt(problem.line, problem.column);
    case 'other':
      return messages.problemJson(problem.reason);
  }
}
