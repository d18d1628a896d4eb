import type { RuntimeEvent, RuntimeMessage } from '@loom/python';

/** What code says while it runs, also the code behind a stream. */
export type SaidEvent = Extract<
  RuntimeEvent,
  { readonly kind: 'output' | 'progress' | 'metric' | 'asked' | 'answered' }
>;

export function isSaid(event: RuntimeMessage): event is SaidEvent {
  switch (event.kind) {
    case 'output':
    case 'progress':
    case 'metric':
    case 'asked':
    case 'answered':
      return true;
    default:
      return false;
  }
}
