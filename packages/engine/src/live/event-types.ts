import type { NodeType } from '@loom/graph';

/** Fires again and again. */
export const timerType: NodeType = {
  id: 'loom/timer',
  title: 'Timer',
  description: 'Fires again and again while the flow is live.',
  category: 'Events',
  version: 1,
  inputs: [
    {
      id: 'intervalMs',
      title: 'Interval (ms)',
      type: { kind: 'number' },
      help: 'Milliseconds from one tick to the next; at least 1.',
      required: false,
      default: 1_000,
      widget: { kind: 'number', min: 1 },
    },
  ],
  outputs: [
    { id: 'tick', title: 'Tick', type: { kind: 'int' }, help: 'Counts from 0.' },
    { id: 'at', title: 'At', type: { kind: 'number' }, help: 'The time of the tick, in milliseconds.' },
  ],
  pure: false,
  implementation: { kind: 'event', source: 'timer', revision: '1' },
  problems: [],
};

/** Fires when the app says so. */
export const hostEventType: NodeType = {
  id: 'loom/host-event',
  title: 'Host event',
  description: 'Fires when the app emits an event of this name while the flow is live.',
  category: 'Events',
  version: 1,
  inputs: [
    {
      id: 'name',
      title: 'Name',
      type: { kind: 'string' },
      required: true,
      widget: { kind: 'text', placeholder: 'order' },
    },
  ],
  outputs: [{ id: 'payload', title: 'Payload', type: { kind: 'json' } }],
  pure: false,
  implementation: { kind: 'event', source: 'host', revision: '1' },
  problems: [],
};
