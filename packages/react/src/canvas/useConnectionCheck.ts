import { useMemo } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import type { Connecting } from '../store/session.js';
import type { LoomState } from '../store/state.js';
import { type ConnectionCheck, createConnectionCheck } from './connection-check.js';

const checks = new WeakMap<Connecting, { document: LoomState['flow']['document']; check: ConnectionCheck }>();

/** The check of the wire that is being drawn, made once for all nodes; undefined while none is. */
export function useConnectionCheck(): ConnectionCheck | undefined {
  const { store, models } = useEditor();
  const connecting = useLoom((state) => state.session.connecting);
  return useMemo(() => {
    if (connecting === undefined) return undefined;
    const { flow } = store.getState();
    const known = checks.get(connecting);
    if (known?.document === flow.document) return known.check;
    const check = createConnectionCheck(flow, models(flow), connecting);
    checks.set(connecting, { document: flow.document, check });
    return check;
  }, [connecting, store, models]);
}
