import { Plus, RotateCcw, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { giveKey, judgeKey, keyOf, MOST_KEYS, takeKey } from '../commands/key-choice.js';
import { formatKey } from '../commands/keys.js';
import { useEditor } from '../editor/context.js';
import { useIsApple } from '../editor/useIsApple.js';
import { useMessages } from '../messages/messages.js';

/** What the row is about at the moment. */
type Step =
  | { readonly kind: 'rest' | 'listen'; readonly text?: string; readonly isRefusal?: boolean }
  | { readonly kind: 'ask'; readonly key: string; readonly by: readonly string[]; readonly text: string };

/** One command of the sheet with its keys: they are taken away, or others are pressed for it. */
export function KeyChoice({ command }: { readonly command: string }): ReactNode {
  const { commands } = useEditor();
  const messages = useMessages();
  const apple = useIsApple();
  const row = useRef<HTMLFieldSetElement>(null);
  const [step, setStep] = useState<Step>({ kind: 'rest' });
  const title = commands.titleOf(command);
  const keys = commands.keysOf(command);
  const written = (key: string) => formatKey(key, apple);
  const system = commands.shownKeysOf(command).filter((key) => !keys.includes(key));

  /** The button that opened this has gone: the focus stays in the row. */
  function rest(text?: string): void {
    setStep(text === undefined ? { kind: 'rest' } : { kind: 'rest', text });
    requestAnimationFrame(() => row.current?.querySelector('button')?.focus());
  }
  function listen(event: KeyboardEvent): void {
    if (event.key === 'Tab') {
      setStep({ kind: 'rest' });
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      rest();
      return;
    }
    const key = keyOf(event.nativeEvent);
    if (key === undefined) return;
    const verdict = judgeKey(commands, command, key, apple);
    if (verdict.kind === 'never-arrives' || verdict.kind === 'fixed') {
      const text = verdict.kind === 'fixed' ? messages.keysFixed(written(key)) : messages.keysNeverArrive(written(key));
      setStep({ kind: 'listen', text, isRefusal: true });
    } else if (verdict.kind === 'taken') {
      const text = messages.keysTaken(
        written(key),
        verdict.by.map((id) => commands.titleOf(id)),
      );
      setStep({ kind: 'ask', key, by: verdict.by, text });
    } else {
      give(key, [], verdict.isBrowsers);
    }
  }
  function give(key: string, from: readonly string[], isBrowsers = false): void {
    giveKey(commands, command, key, from);
    rest(isBrowsers ? messages.keysOfBrowser(written(key)) : messages.keysSet(written(key), title));
  }

  return (
    <fieldset ref={row} className="loom-key-choice" aria-label={title}>
      <span className="loom-key-choice-title">{title}</span>
      <span className="loom-key-choice-keys">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            className="loom-button loom-key-choice-key"
            aria-label={messages.keysRemove(written(key), title)}
            title={messages.keysRemove(written(key), title)}
            onClick={() => {
              takeKey(commands, command, key);
              rest();
            }}
          >
            <kbd>{written(key)}</kbd>
            <X size={11} aria-hidden="true" />
          </button>
        ))}
        {system.map((key) => (
          <kbd key={key}>{written(key)}</kbd>
        ))}
        {keys.length + system.length === 0 && step.kind === 'rest' ? (
          <span className="loom-outline-detail">{messages.keysNone}</span>
        ) : null}
        {step.kind === 'listen' ? (
          <button
            type="button"
            // biome-ignore lint/a11y/noAutofocus: who asked for it presses the keys next
            autoFocus
            className="loom-button loom-button-outline loom-key-choice-listen"
            aria-label={messages.keysPressFor(title)}
            onKeyDown={listen}
            onBlur={() => setStep((now) => (now.kind === 'listen' ? { kind: 'rest' } : now))}
          >
            {messages.keysPress}
          </button>
        ) : (
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.keysAdd(title)}
            title={messages.keysAdd(title)}
            disabled={keys.length >= MOST_KEYS}
            onClick={() => setStep({ kind: 'listen' })}
          >
            <Plus size={13} aria-hidden="true" />
          </button>
        )}
        {commands.keymap.isChosen(command) ? (
          <button
            type="button"
            className="loom-icon-button"
            aria-label={messages.keysReset(title)}
            title={messages.keysReset(title)}
            onClick={() => {
              commands.keymap.change({ [command]: undefined });
              rest();
            }}
          >
            <RotateCcw size={13} aria-hidden="true" />
          </button>
        ) : null}
      </span>
      <span
        className="loom-key-choice-said"
        role="status"
        data-refusal={step.kind === 'ask' || (step.kind === 'listen' && step.isRefusal)}
      >
        {step.text}
      </span>
      {step.kind === 'ask' ? (
        <span className="loom-key-choice-ways">
          <button
            type="button"
            // biome-ignore lint/a11y/noAutofocus: the question follows from what was just pressed
            autoFocus
            className="loom-button loom-button-outline"
            onClick={() => give(step.key, step.by)}
          >
            {messages.keysTake}
          </button>
          <button type="button" className="loom-button" onClick={() => setStep({ kind: 'listen' })}>
            {messages.keysTryOther}
          </button>
          <button type="button" className="loom-button" onClick={() => rest()}>
            {messages.keysLeave}
          </button>
        </span>
      ) : null}
    </fieldset>
  );
}
