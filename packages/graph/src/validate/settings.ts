import type { FlowNode, NodeSettings } from '../document.js';
import type { Issue } from '../issue.js';
import type { NodePorts } from '../node-ports.js';
import type { NodeType } from '../node-type.js';
import { repeatingZone } from '../zone-body.js';

const none: readonly Issue[] = [];

/** Settings that the node cannot follow, and settings that its type needs. Paths are those within the node. */
export function checkSettings(node: FlowNode, type: NodeType, ports: NodePorts): readonly Issue[] {
  const { implementation } = type;
  // Most nodes have no settings, and types that need some are few.
  if (!node.settings && implementation.kind !== 'zone' && implementation.kind !== 'control') return none;
  const settings = node.settings ?? {};
  const issues: Issue[] = [];
  const add = (severity: Issue['severity'], code: string, path: readonly string[], message: string): void => {
    issues.push({ code, severity, path: ['settings', ...path], message });
  };
  if (repeatingZone(node)) {
    for (const { severity, message } of type.problems) add(severity, 'node/zone-ports', ['zone'], message);
    if (settings.mode === 'bypassed') {
      add('error', 'node/no-bypass', ['mode'], 'A zone cannot be bypassed, for it hands nothing on as it is. Mute it.');
    }
  } else if (implementation.kind === 'zone' && !settings.zone) {
    add('error', 'node/no-zone', ['zone'], 'This zone does not say how it repeats. Choose for each, while or repeat.');
  }
  if (implementation.kind === 'control' && implementation.control === 'switch' && !settings.cases?.length) {
    const message = 'This switch has no cases, so everything goes to its default output.';
    add('warning', 'node/no-cases', ['cases'], message);
  }
  return node.settings ? [...issues, ...checkOptions(node.settings, type, ports)] : issues;
}

function checkOptions(settings: NodeSettings, type: NodeType, ports: NodePorts): Issue[] {
  const issues: Issue[] = [];
  const warn = (code: string, path: readonly string[], message: string): void => {
    issues.push({ code, severity: 'warning', path: ['settings', ...path], message });
  };
  if (settings.retries && !type.pure && !type.idempotent) {
    const message = 'Its type does not say that it may run twice (pure or idempotent), so it is never tried again.';
    warn('node/retries-ignored', ['retries'], message);
  }
  if (typeof settings.breakpoint === 'string' && settings.breakpoint.trim() === '') {
    warn('node/empty-breakpoint', ['breakpoint'], 'The condition of the breakpoint is empty, so it always pauses.');
  }
  for (const port of Object.keys(settings.pinned ?? {})) {
    if (ports.outputs.some((output) => output.id === port && !output.inner)) continue;
    const message = `The node has no output "${port}". Its pinned value is kept, and not used.`;
    warn('node/unknown-output', ['pinned', port], message);
  }
  for (const port of Object.keys(settings.streams ?? {})) {
    if (ports.inputs.some((input) => input.id === port)) continue;
    const message = `The node has no input "${port}". How it takes streams is kept, and not used.`;
    warn('node/unknown-input', ['streams', port], message);
  }
  return issues;
}
