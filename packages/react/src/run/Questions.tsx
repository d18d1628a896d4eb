import type { NodeQuestion } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { type ReactNode, useId, useState } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';

/** So many questions are shown at once; the others wait their turn. */
const SHOWN = 3;

/** What running nodes ask, such as `input()` in Python, with a field for the answer. */
export function Questions(): ReactNode {
  const nodes = useLoom((state) => state.runs.asking);
  if (nodes.length === 0) return null;
  return (
    <div className="loom-questions">
      {nodes.slice(0, SHOWN).map((id) => (
        <NodeQuestions key={id} id={id} />
      ))}
    </div>
  );
}

function NodeQuestions({ id }: { readonly id: NodeId }): ReactNode {
  const run = useLoom((state) => state.runs.run.nodes.get(id));
  const [first] = (run?.status === 'running' ? run.questions : undefined) ?? [];
  return first === undefined || run === undefined ? null : (
    <Question key={`${first.question}`} id={id} runId={run.runId} asked={first} />
  );
}

interface QuestionProps {
  readonly id: NodeId;
  readonly runId: string;
  readonly asked: NodeQuestion;
}

function Question({ id, runId, asked }: QuestionProps): ReactNode {
  const store = useLoomStore();
  const messages = useMessages();
  const field = useId();
  const [text, setText] = useState('');
  const title = useLoom((state) => nodeTitle(state.flow, id));
  const answer = (given: string | null) => store.answer(runId, id, asked.question, given, asked.frame);
  return (
    <form
      className="loom-question nokey"
      aria-label={messages.questionLabel(title)}
      onSubmit={(event) => {
        event.preventDefault();
        answer(text);
      }}
    >
      <label htmlFor={field}>
        <strong>{messages.questionLabel(title)}</strong> {asked.prompt}
      </label>
      <div className="loom-question-answer">
        <input id={field} className="loom-input" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="loom-button loom-button-primary">
          {messages.questionAnswer}
        </button>
        <button type="button" className="loom-button" onClick={() => answer(null)}>
          {messages.questionEnd}
        </button>
      </div>
    </form>
  );
}
