import type { ZoneSettings } from '@loom/graph';
import type { ReactNode } from 'react';
import type { NodeModel } from '../../canvas/node/node-model.js';
import { useMessages } from '../../messages/messages.js';
import { type RepeatingSettings, renameOperations, zoneNames } from '../../zones/zone-settings.js';
import { useEditor } from '../context.js';
import { ChoiceSetting } from './ChoiceSetting.js';
import { CountSetting } from './CountSetting.js';
import { NamesSetting } from './NamesSetting.js';

/** Props of {@link ZoneSettingsFields}. */
export interface ZoneSettingsFieldsProps {
  readonly model: NodeModel;
  readonly zone: ZoneSettings;
  readonly readOnly: boolean;
}

/** How a zone repeats: its limits, what it does with errors, and what it gives or carries. */
export function ZoneSettingsFields({ model, zone, readOnly }: ZoneSettingsFieldsProps): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  if (zone.kind === 'group') return null;
  const { id, node } = model;
  const isForEach = zone.kind === 'for-each';
  const listName = isForEach ? messages.settingResults : messages.settingCarried;
  const set = (name: string, next: RepeatingSettings) => {
    const result = store.dispatch(
      [{ kind: 'update-node', id, changes: { settings: { ...node.settings, zone: next } } }],
      { label: messages.changeSetting(name), mergeKey: `zone:${id}` },
    );
    if (!result.ok) store.notify(result.error.message, 'warning');
  };
  return (
    <>
      {isForEach ? (
        <CountSetting
          label={messages.settingConcurrency}
          value={zone.concurrency}
          placeholder={messages.settingNone}
          min={1}
          readOnly={readOnly}
          onChange={(concurrency) => set(messages.settingConcurrency, without({ ...zone, concurrency }))}
        />
      ) : (
        <CountSetting
          label={messages.settingLimit}
          value={zone.limit}
          placeholder="1000"
          min={-1}
          readOnly={readOnly}
          onChange={(limit) => set(messages.settingLimit, without({ ...zone, limit }))}
        />
      )}
      <ChoiceSetting
        label={messages.settingOnError}
        value={zone.onError ?? 'fail'}
        names={messages.onErrorNames}
        readOnly={readOnly}
        onChange={(onError) => set(messages.settingOnError, { ...zone, onError })}
      />
      <NamesSetting
        label={listName}
        names={Object.keys(zoneNames(zone))}
        readOnly={readOnly}
        problem={(name) =>
          [...model.inputs, ...model.outputs].some((port) => port.id === name) ? messages.nameTaken(name) : undefined
        }
        onChange={(names) => {
          const operations = renameOperations(store.getState().flow.document, id, zone, names);
          const result = store.dispatch(operations, { label: messages.changeSetting(listName) });
          if (!result.ok) store.notify(result.error.message, 'warning');
        }}
      />
    </>
  );
}

/** Settings without what is undefined. */
function without(zone: { readonly [Key in string]: unknown }): RepeatingSettings {
  return Object.fromEntries(Object.entries(zone).filter(([, value]) => value !== undefined)) as RepeatingSettings;
}
