import { type Fragment, parseFragment } from '@loom/graph';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from '../hooks/useLatest.js';
import { useMessages } from '../messages/messages.js';
import type { LoomStore } from '../store/loom-store.js';
import type { FlowTemplate, TemplateStorage } from './template.js';

/** The templates of an editor: those of the app, then those that were made here. */
export interface Templates {
  readonly items: readonly FlowTemplate[];
  /** Those that can be forgotten again. */
  readonly kept: readonly FlowTemplate[];
  /** False where the app keeps none. */
  readonly canSave: boolean;
  save(title: string, fragment: Fragment): Promise<void>;
  remove(template: FlowTemplate): Promise<void>;
}

const NONE: readonly FlowTemplate[] = [];
/** More than this makes a list that nobody reads; the storage keeps what it has all the same. */
const MOST_KEPT = 500;

/** Reads what the storage has, once, and keeps to what is saved here. */
export function useTemplates(
  store: LoomStore,
  given: readonly FlowTemplate[] = NONE,
  storage: TemplateStorage | undefined,
): Templates {
  const messages = useLatest(useMessages());
  const [kept, setKept] = useState(NONE);
  const current = useRef(storage);
  useEffect(() => {
    current.current = storage;
    setKept(NONE);
    storage?.list().then(
      (list) => {
        // Another storage may have come meanwhile.
        if (current.current === storage) setKept(list.flatMap(readTemplate).slice(0, MOST_KEPT));
      },
      (error: unknown) => {
        if (current.current === storage) store.notify(messages.current.templateFailed(reasonOf(error)), 'warning');
      },
    );
    return () => {
      current.current = undefined;
    };
  }, [storage, store, messages]);

  const save = useCallback(
    async (title: string, fragment: Fragment) => {
      const template: FlowTemplate = { id: store.createId('template'), title, fragment };
      try {
        await storage?.save(template);
        if (current.current !== storage) return;
        setKept((before) => [...before, template].slice(-MOST_KEPT));
        store.notify(messages.current.templateSaved(title));
      } catch (error) {
        store.notify(messages.current.templateFailed(reasonOf(error)), 'warning');
      }
    },
    [storage, store, messages],
  );
  const remove = useCallback(
    async ({ id }: FlowTemplate) => {
      try {
        await storage?.remove(id);
        if (current.current === storage) setKept((before) => before.filter((template) => template.id !== id));
      } catch (error) {
        store.notify(messages.current.templateFailed(reasonOf(error)), 'warning');
      }
    },
    [storage, store, messages],
  );
  return useMemo(
    () => ({ items: [...given, ...kept], kept, canSave: storage !== undefined, save, remove }),
    [given, kept, storage, save, remove],
  );
}

/** What a storage gives comes from outside: read with the care of a file. */
function readTemplate(template: FlowTemplate): readonly FlowTemplate[] {
  const fragment = parseFragment(template?.fragment);
  return fragment === undefined || typeof template.title !== 'string' ? [] : [{ ...template, fragment }];
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
