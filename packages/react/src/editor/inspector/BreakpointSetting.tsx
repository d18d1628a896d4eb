import { readCondition } from '@loom/engine';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { shownFramePath } from '../../run/shown-run.js';
import { ChoiceSetting } from './ChoiceSetting.js';

/** Props of {@link BreakpointSetting}. */
export interface BreakpointSettingProps {
  readonly model: NodeModel;
  readonly value: boolean | string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: boolean | string | undefined) => void;
}

/** Whether a run pauses before the node: never, always, or where a condition holds. */
export function BreakpointSetting({ model, value, readOnly, onChange }: BreakpointSettingProps): ReactNode {
  const messages = useMessages();
  const id = useId();
  const stored = typeof value === 'string' ? value : '';
  const [text, setText] = useState(stored);
  useEffect(() => setText(stored), [stored]);
  const kind = typeof value === 'string' ? 'condition' : value === true ? 'always' : 'none';
  const condition = text.trim() === '' ? undefined : readCondition(text);
  // Outside of loops there is no iteration to ask for.
  const inLoop = useLoom((state) => shownFramePath(state, model.id).length > 0);
  const unknown =
    condition?.ok === true
      ? condition.inputs.find((name) => !model.inputs.some((port) => port.id === name))
      : undefined;
  const held = useLoom(({ runs: { run } }) => (run.paused?.node === model.id ? run.paused.message : undefined));
  const fault =
    condition?.ok === false
      ? messages.conditionFault(condition.message, condition.column)
      : unknown === undefined
        ? held
        : messages.conditionInput(unknown, model.inputs.map((port) => `inputs.${port.id}`).join(', '));
  return (
    <>
      <ChoiceSetting
        label={messages.settingBreakpoint}
        value={kind}
        names={messages.breakpointNames}
        readOnly={readOnly}
        onChange={(next) =>
          onChange(next === 'none' ? undefined : next === 'always' ? true : inLoop ? 'index >= 0' : 'true')
        }
      />
      {kind === 'condition' ? (
        <div className="loom-setting">
          <label htmlFor={id}>{messages.settingCondition}</label>
          <input
            id={id}
            className="loom-input loom-condition"
            value={text}
            placeholder="index >= 10 and inputs.price > 100"
            spellCheck={false}
            autoComplete="off"
            readOnly={readOnly}
            aria-invalid={fault !== undefined}
            aria-describedby={fault === undefined ? undefined : `${id}-fault`}
            onChange={({ target }) => {
              setText(target.value);
              // What cannot be read would pause at each node, with a complaint.
              if (target.value.trim() !== '' && readCondition(target.value).ok) onChange(target.value);
            }}
          />
          {fault === undefined ? null : (
            <p id={`${id}-fault`} className="loom-widget-problem" role="alert">
              {fault}
            </p>
          )}
        </div>
      ) : null}
    </>
  );
}
