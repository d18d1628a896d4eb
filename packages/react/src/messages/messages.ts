import { createContext, createElement, type ReactNode, useContext, useMemo } from 'react';
import { appMessages } from './app.js';
import { arrangeMessages } from './arrange.js';
import { authoringMessages } from './authoring.js';
import { editorMessages } from './editor.js';
import { environmentMessages } from './environment.js';
import { historyMessages } from './history.js';
import { keepingMessages } from './keeping.js';
import { keyMessages } from './keys.js';
import { outlineMessages } from './outline.js';
import { partsMessages } from './parts.js';
import { runControlMessages } from './run-control.js';
import { subgraphMessages } from './subgraph.js';
import { timelineMessages } from './timeline.js';
import { wireMessages } from './wires.js';
import { zoneMessages } from './zones.js';

/** Every text of the editor in English. Where a text depends on something it is a function. */
export const defaultMessages = {
  ...partsMessages,
  ...editorMessages,
  ...runControlMessages,
  ...arrangeMessages,
  ...keyMessages,
  ...subgraphMessages,
  ...timelineMessages,
  ...zoneMessages,
  ...wireMessages,
  ...outlineMessages,
  ...historyMessages,
  ...environmentMessages,
  ...keepingMessages,
  ...appMessages,
  ...authoringMessages,
};

/** `as const` keeps the texts' own types; a translation is any string, or a function of the same arguments. */
type Translated<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string
    ? string
    : Texts[Key] extends (...details: infer Details) => string
      ? (...details: Details) => string
      : Translated<Texts[Key]>;
};

/** The texts of the editor by name. */
export type Messages = Translated<typeof defaultMessages>;

const MessagesContext = createContext<Messages>(defaultMessages);

/** Props of {@link MessagesProvider}. */
export interface MessagesProviderProps {
  /** Texts that replace the default ones; the rest stays as in the provider above, or English. */
  readonly messages?: Partial<Messages> | undefined;
  readonly children?: ReactNode;
}

/**
 * Replaces texts for everything inside.
 *
 * @example
 * ```tsx
 * <MessagesProvider messages={{ librarySearch: 'Knoten suchen' }}>…</MessagesProvider>
 * ```
 */
export function MessagesProvider({ messages, children }: MessagesProviderProps): ReactNode {
  const outer = useContext(MessagesContext);
  const merged = useMemo(() => (messages ? { ...outer, ...messages } : outer), [outer, messages]);
  return createElement(MessagesContext.Provider, { value: merged }, children);
}

/** The texts that hold here. */
export function useMessages(): Messages {
  return useContext(MessagesContext);
}
