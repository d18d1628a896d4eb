import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { createLibrary } from '../create-library.js';
import type { FlowDocument } from '../document.js';
import { nodeType } from '../fixture.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { type LoadResult, load } from '../load/load.js';
import type { Implementation, NodeType } from '../node-type.js';
import { save } from '../save.js';
import { topologicalOrder } from '../topology.js';
import { validate } from '../validate/validate.js';

// Builders and questions for the tests of importers. Not exported from the package.

/** A file of `fixtures/`, as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
}

/** A node of the old Loom. Ports are listed as `a b=1 | x y`: inputs with values, then outputs. */
export function oldNode(nodeId: string, ports: string, metadata: object = {}): object {
  const [inputs = '', outputs = ''] = ports.split('|');
  return {
    nodeId,
    name: nodeId,
    position: { x: 0, y: 0 },
    input: words(inputs).map((word) => {
      const [name, value] = word.split('=');
      return value === undefined ? { var: name } : { var: name, value: JSON.parse(value) };
    }),
    output: words(outputs),
    metadata,
  };
}

/** A savefile with wires as `a.0 -> b.1`. */
export function oldFile(nodes: readonly object[], wires: readonly string[]): object {
  const connections = wires.map((wire) => {
    const [, sourceNodeId, sourcePort, targetNodeId, targetPort] = /^(\w+)\.(\d+) -> (\w+)\.(\d+)$/.exec(wire) ?? [];
    return { sourceNodeId, sourcePort: Number(sourcePort), targetNodeId, targetPort: Number(targetPort) };
  });
  return { projectId: 'p', nodes, connections };
}

function words(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

/** The wires of a flow, as `a.x -> b.y`. */
export function wires({ edges }: FlowDocument): string[] {
  return Object.values(edges).map(
    ({ source, sourcePort, target, targetPort }) => `${source}.${sourcePort} -> ${target}.${targetPort}`,
  );
}

/** Issues as `code path`, without those about types that the file cannot bring and about positions that tests leave out. */
export function told({ issues }: { readonly issues: readonly Issue[] }): string[] {
  return issues
    .filter(({ code }) => code !== 'import/unknown-type' && code !== 'import/no-position')
    .map(({ code, path }) => `${code} ${path.join('/')}`);
}

function builtin(id: string, inputs: string[], outputs: string[], implementation: Implementation): NodeType {
  return { ...nodeType(id, inputs, outputs), implementation };
}

/** The builtin types that importers use, with the ports of the real ones. */
export const builtins: readonly NodeType[] = [
  builtin('loom/branch', ['value: T', 'condition: bool'], ['true: T', 'false: T'], control('branch')),
  { ...builtin('loom/merge', ['values*: T'], ['value: T'], control('merge')), settings: { join: 'any' } },
  builtin('loom/while', [], [], { kind: 'zone', revision: '1' }),
  builtin('loom/group', [], [], { kind: 'zone', revision: '1' }),
  builtin('loom/timer', ['intervalMs?: number'], ['tick: int', 'at: number'], event('timer')),
  builtin('loom/host-event', ['name: string'], ['payload: json'], event('host')),
  nodeType('loom/value-json', ['value?: json'], ['value: json']),
];

function control(kind: 'branch' | 'merge'): Implementation {
  return { kind: 'control', control: kind, revision: '1' };
}

function event(source: string): Implementation {
  return { kind: 'event', source, revision: '1' };
}

export function libraryOf(...types: readonly NodeType[]): Library {
  return createLibrary({ shelves: [{ name: 'test', types: [...builtins, ...types] }] });
}

/** What must hold for whatever an importer makes: it opens again as it is, and nothing in it waits for itself. */
export function expectSound({ document, issues }: LoadResult): void {
  // JSON has no -0.
  const written: unknown = JSON.parse(JSON.stringify(document));
  expect(load(save(document))).toEqual({ document: written, issues: [] });
  expect(topologicalOrder(document).cycle).toBeUndefined();
  expect(issues.filter(({ code }) => code === 'document/unreadable')).toEqual([]);
  const faults = validate(document, libraryOf()).filter(({ severity }) => severity === 'error');
  expect(faults.filter(({ code }) => code !== 'node/unknown-type' && code !== 'type/problem')).toEqual([]);
}
