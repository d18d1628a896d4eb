import type { NodeSettings } from '@loom/graph';
import type { ReactNode } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { trimSettings } from '../../commands/trim-settings.js';
import { useMessages } from '../../messages/messages.js';
import { useEditor } from '../context.js';
import { BreakpointSetting } from './BreakpointSetting.js';
import { ChoiceSetting } from './ChoiceSetting.js';
import { CountSetting } from './CountSetting.js';
import { NamesSetting } from './NamesSetting.js';
import { PinnedFields } from './PinnedFields.js';
import { ZoneSettingsFields } from './ZoneSettingsFields.js';

/** Some settings with new values; undefined takes one away. */
export type SettingChange = { readonly [Key in keyof NodeSettings]?: NodeSettings[Key] | undefined };

/** How a node runs: mode, join, limits, breakpoint, and what its kind has besides. */
export function SettingsSection({
  model,
  readOnly,
}: {
  readonly model: NodeModel;
  readonly readOnly: boolean;
}): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const { id, node, type, inputs } = model;
  const settings = node.settings ?? {};
  const implementation = type?.implementation;
  const set = (name: string, change: SettingChange) => {
    const result = store.dispatch(
      [{ kind: 'update-node', id, changes: { settings: trimSettings({ ...settings, ...change }) } }],
      { label: messages.changeSetting(name), mergeKey: `setting:${id}:${Object.keys(change).join()}` },
    );
    if (!result.ok) store.notify(result.error.message, 'warning');
  };
  if (settings.zone?.kind === 'group') return null;
  const isEvent = implementation?.kind === 'event';
  const shared = { readOnly };
  return (
    <section className="loom-inspector-section">
      <h3>{messages.sectionSettings}</h3>
      <ChoiceSetting
        {...shared}
        label={messages.settingMode}
        value={settings.mode ?? 'normal'}
        names={messages.modeNames}
        onChange={(mode) => set(messages.settingMode, { mode: mode === 'normal' ? undefined : mode })}
      />
      {settings.pinned === undefined ? null : (
        <PinnedFields
          model={model}
          pinned={settings.pinned}
          readOnly={readOnly}
          onChange={(pinned) => set(pinned === undefined ? messages.unpin : messages.pin, { pinned })}
        />
      )}
      {settings.zone === undefined ? null : (
        <ZoneSettingsFields model={model} zone={settings.zone} readOnly={readOnly} />
      )}
      {implementation?.kind === 'control' && implementation.control === 'switch' ? (
        <NamesSetting
          {...shared}
          label={messages.settingCases}
          names={settings.cases ?? []}
          problem={(name) =>
            name === 'default' || settings.cases?.includes(name) ? messages.nameTaken(name) : undefined
          }
          onChange={(cases) => set(messages.settingCases, { cases })}
        />
      ) : null}
      {isEvent ? (
        <ChoiceSetting
          {...shared}
          label={messages.settingEventPolicy}
          value={settings.eventPolicy ?? 'queue'}
          names={messages.eventPolicyNames}
          onChange={(eventPolicy) => set(messages.settingEventPolicy, { eventPolicy })}
        />
      ) : (
        <>
          {inputs.length === 0 ? null : (
            <ChoiceSetting
              {...shared}
              label={messages.settingJoin}
              value={settings.join ?? 'default'}
              names={{ default: messages.joinDefault, ...messages.joinNames }}
              onChange={(join) => set(messages.settingJoin, { join: join === 'default' ? undefined : join })}
            />
          )}
          <CountSetting
            {...shared}
            label={messages.settingTimeout}
            value={settings.timeoutMs}
            placeholder={messages.settingNone}
            min={1}
            onChange={(timeoutMs) => set(messages.settingTimeout, { timeoutMs })}
          />
          {settings.zone === undefined ? (
            <>
              <CountSetting
                {...shared}
                label={messages.settingRetries}
                value={settings.retries}
                placeholder="0"
                min={0}
                onChange={(retries) => set(messages.settingRetries, { retries })}
              />
              {settings.retries === undefined || type?.pure === true || type?.idempotent === true ? null : (
                <p className="loom-port-help">{messages.retriesUnused}</p>
              )}
              <ChoiceSetting
                {...shared}
                label={messages.settingCache}
                value={settings.cache ?? 'default'}
                names={messages.cacheNames}
                onChange={(cache) => set(messages.settingCache, { cache: cache === 'default' ? undefined : cache })}
              />
            </>
          ) : null}
          <BreakpointSetting
            model={model}
            value={settings.breakpoint}
            readOnly={readOnly}
            onChange={(breakpoint) => set(messages.settingBreakpoint, { breakpoint })}
          />
        </>
      )}
    </section>
  );
}
