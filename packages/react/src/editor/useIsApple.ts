import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;
const read = () => /Mac|iPhone|iPad/.test(navigator.platform);
const readOnServer = () => false;

/** Whether keys are written as Apple writes them. */
export function useIsApple(): boolean {
  return useSyncExternalStore(subscribe, read, readOnServer);
}
