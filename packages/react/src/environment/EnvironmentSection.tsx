import type { EnvironmentStatus } from '@loom/engine';
import type { Environment } from '@loom/graph';
import { readRequirements } from '@loom/python';
import { Lock } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { LoomState } from '../store/state.js';
import { EnvironmentState } from './EnvironmentState.js';

const noRequirements: readonly string[] = [];

/** What the Python of the flow requires: edited as lines, and how far an executor has come with it. */
export function EnvironmentSection(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const python = useLoom((state) => state.flow.document.environment.python);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const status = useLoom(newestStatus);
  const change = (next: Environment['python']) => {
    const environment: Environment = next === undefined ? {} : { python: next };
    const result = store.dispatch([{ kind: 'update-flow', changes: { environment } }], {
      label: messages.environmentChange,
      mergeKey: 'environment',
    });
    if (!result.ok) store.notify(result.error.message, 'warning');
  };
  const requirements = python?.requirements ?? noRequirements;
  const isLocked = python?.lock !== undefined;
  return (
    <section className="loom-inspector-section loom-environment">
      <h3>{messages.environmentTitle}</h3>
      <Requirements
        requirements={requirements}
        readOnly={readOnly}
        // A lock counts for the requirements that it was made for.
        onChange={(next) => change(next.length === 0 ? undefined : { requirements: next })}
      />
      {requirements.length === 0 ? null : <EnvironmentState status={status} requirements={requirements} />}
      {isLocked ? (
        <p className="loom-environment-lock">
          <Lock size={12} aria-hidden="true" />
          <span>{messages.environmentLocked}</span>
          {readOnly ? null : (
            <button type="button" className="loom-link" onClick={() => change({ requirements })}>
              {messages.environmentUnlock}
            </button>
          )}
        </p>
      ) : status?.state === 'ready' && status.lock !== undefined && !readOnly && requirements.length > 0 ? (
        <button
          type="button"
          className="loom-button loom-button-outline"
          onClick={() => status.lock && change({ requirements, lock: status.lock })}
        >
          {messages.environmentLock}
        </button>
      ) : null}
    </section>
  );
}

/** The status that is worth most words: of one executor that works or failed, else of one that is ready. */
function newestStatus({ runs }: LoomState): EnvironmentStatus | undefined {
  const all = Object.values(runs.run.environments ?? {});
  return all.find(({ state }) => state !== 'ready' && state !== 'not-started') ?? all[0];
}

/** The lines as they are typed; those that are requirements are in the flow. */
function Requirements({
  requirements,
  readOnly,
  onChange,
}: {
  readonly requirements: readonly string[];
  readonly readOnly: boolean;
  readonly onChange: (requirements: readonly string[]) => void;
}): ReactNode {
  const messages = useMessages();
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const read = readRequirements(draft ?? '');
  // What was undone, or came from elsewhere, takes the place of what was typed.
  const isOwn = draft !== undefined && sameLines(read.requirements, requirements);
  const text = isOwn ? draft : requirements.join('\n');
  const problems = isOwn ? read.problems : [];
  return (
    <div className="loom-setting">
      <label htmlFor={id}>{messages.environmentLabel}</label>
      <textarea
        id={id}
        className="loom-input"
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        spellCheck={false}
        value={text}
        placeholder={messages.environmentPlaceholder}
        readOnly={readOnly}
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
        onChange={({ target }) => {
          setDraft(target.value);
          const next = readRequirements(target.value).requirements;
          if (!sameLines(next, requirements)) onChange(next);
        }}
      />
      {problems.length === 0 ? null : (
        <div id={`${id}-problems`} className="loom-environment-problems" role="alert">
          {problems.map(({ line, message }) => (
            <p key={`${line} ${message}`}>{messages.environmentProblem(line, message)}</p>
          ))}
        </div>
      )}
    </div>
  );
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
