import { textAt } from '../raw.js';
import { quoted } from '../report.js';
import { nameOf, type OldFlow, type OldNode, pathOfWire, sketched } from './old-flow.js';

/** Seconds between two ticks when a timer does not say. */
const defaultInterval = 1;

/** The types that event nodes become. */
export const eventTypes: ReadonlySet<string> = new Set(['loom/timer', 'loom/host-event']);

/** What takes the place of an event node. */
interface EventSource {
  readonly type: string;
  readonly input: string;
  readonly value: string | number;
  /** The output that all its wires lead from. */
  readonly output: string;
}

/** Makes an event node one that fires: a timer, or an event that the app tells of. */
export function turnEvent(flow: OldFlow, node: OldNode): void {
  const { sketch, report } = flow;
  const source = sourceOf(flow, node);
  if (!source) {
    const message = `${nameOf(flow, node.id)} waits for the event ${quoted(node.metadata.event_type)}, which is not known. It stayed a plain node; put an event node in front of it.`;
    report.error('import/unknown-event', ['nodes', node.id], message);
    return;
  }
  for (const wire of [...sketch.incoming(node.id)]) {
    sketch.disconnect(wire);
    const message = `The wire from ${nameOf(flow, wire.source)} to ${nameOf(flow, node.id)} was left out: an event waits for nothing before it.`;
    report.error('import/event-input', pathOfWire(wire), message);
  }
  const sketchNode = sketched(flow, node.id);
  for (const [port, value] of sketchNode.inputs) {
    const message = `The value ${quoted(value)} of the input ${quoted(port)} of ${nameOf(flow, node.id)} was left out: an event has no such input.`;
    report.error('import/event-input', ['nodes', node.id], message);
  }
  if (textAt(node.raw, 'entryFunction', 'scriptPath', 'code', 'source') !== undefined) {
    const message = `${nameOf(flow, node.id)} only fires. Its function was not called before, and is left out.`;
    report.warning('import/event-function', ['nodes', node.id], message);
  }
  sketchNode.type = source.type;
  sketchNode.inputs.clear();
  sketchNode.inputs.set(source.input, source.value);
  sketchNode.ports = { inputs: { names: [], open: false }, outputs: { names: [source.output], open: false } };
  for (const wire of [...sketch.outgoing(node.id)]) {
    sketch.reroute(wire, { sourcePort: source.output });
    const message = 'Wires from these events carry what fired, which they did not before.';
    report.gather('import/event-value', ['nodes', node.id], message, node.id);
  }
}

function sourceOf(flow: OldFlow, node: OldNode): EventSource | undefined {
  const { interval = defaultInterval, watch_path: watched = '.' } = node.metadata;
  switch (node.metadata.event_type) {
    case 'timer': {
      const isTime = typeof interval === 'number' && Number.isFinite(interval) && interval > 0;
      if (!isTime) {
        const message = `The interval ${quoted(interval)} of ${nameOf(flow, node.id)} is no number of seconds; ${defaultInterval} s is used.`;
        flow.report.warning('import/event-interval', ['nodes', node.id], message);
      }
      const value = Math.max(1, Math.round((isTime ? interval : defaultInterval) * 1000));
      return { type: 'loom/timer', input: 'intervalMs', value, output: 'tick' };
    }
    case 'file_change':
      return hostEvent(flow, node, `file_change:${typeof watched === 'string' ? watched : '.'}`);
    case 'http_request':
      return hostEvent(flow, node, `http_request:${node.id}`);
    default:
      return undefined;
  }
}

function hostEvent(flow: OldFlow, node: OldNode, name: string): EventSource {
  const message = `${nameOf(flow, node.id)} is now an event of the app: it fires when the app or the server emits ${quoted(name)}.`;
  flow.report.warning('import/host-event', ['nodes', node.id], message);
  return { type: 'loom/host-event', input: 'name', value: name, output: 'payload' };
}
