import { beside } from '../layout.js';
import { lateRank, type Wire } from '../sketch.js';
import { inputKey } from './joins.js';
import { type OldFlow, sketched } from './old-flow.js';

const mergePorts = {
  inputs: { names: ['values'], open: false },
  outputs: { names: ['value'], open: false },
};

/**
 * Puts a merge before inputs that several wires lead to: an input takes one.
 *
 * @param meeting - Inputs at which ways of a condition meet, so that one of the wires brings a value.
 */
export function mergeInputs(flow: OldFlow, zones: ReadonlySet<string>, meeting: ReadonlySet<string>): void {
  const { sketch, report } = flow;
  for (const id of [...sketch.nodes.keys()]) {
    if (sketched(flow, id).type === 'loom/merge') continue;
    const ports = new Map<string, Wire[]>();
    for (const wire of sketch.incoming(id)) {
      const wires = ports.get(wire.targetPort);
      if (wires) wires.push(wire);
      else ports.set(wire.targetPort, [wire]);
    }
    for (const [port, wires] of ports) {
      if (wires.length < 2) continue;
      mergeInto(flow, id, port, wires, zones.has(id) && isInner(port));
      if (meeting.has(inputKey(id, port))) continue;
      const message =
        'Several wires lead to these inputs. They got the newest value before, and get the first now; leave one wire if that matters.';
      report.gather('import/several-wires', ['nodes', id, 'inputs', port], message, `${id}.${port}`);
    }
  }
}

function mergeInto(flow: OldFlow, id: string, port: string, wires: readonly Wire[], inside: boolean): void {
  const { sketch } = flow;
  const merge = sketch.add(`${id}-${port}`, {
    type: 'loom/merge',
    position: beside(sketch, id, -240),
    parent: inside ? id : sketched(flow, id).parent,
    inputs: new Map(),
    settings: { join: 'any' },
    ports: mergePorts,
  });
  for (const wire of wires) sketch.reroute(wire, { target: merge, targetPort: 'values' });
  sketch.connect({ source: merge, sourcePort: 'value', target: id, targetPort: port, rank: lateRank });
}

/** Whether a port of a while zone faces its body. */
function isInner(port: string): boolean {
  return port === 'continue' || port.endsWith('.next');
}
