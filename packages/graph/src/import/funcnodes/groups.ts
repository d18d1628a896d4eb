import { isRecord } from '../../load/reading.js';
import { entriesAt } from '../entries.js';
import { idOf, isSafe, type Raw, without } from '../raw.js';
import { quoted, type Report } from '../report.js';
import type { Sketch } from '../sketch.js';

const placed = new Set(['node_ids', 'child_groups', 'parent_group', 'position', 'id', 'uuid']);

interface Group {
  readonly id: string;
  readonly place: string | number;
  readonly raw: Raw;
}

/** Makes groups of the groups of a node space. Gives their ids, and what has no place in a document. */
export function readGroups(
  space: Raw,
  most: number,
  sketch: Sketch,
  report: Report,
): { ids: string[]; rest: Map<string, Record<string, unknown>> } {
  const rest = new Map<string, Record<string, unknown>>();
  const ids = new Map<string, string>();
  const groups = entriesAt(space, 'groups', most, report).flatMap(([place, raw]): Group[] => {
    const id = typeof place === 'string' ? idOf(place) : isRecord(raw) ? (idOf(raw.id) ?? idOf(raw.uuid)) : undefined;
    if (isRecord(raw) && id !== undefined && isSafe(id) && !ids.has(id)) {
      ids.set(id, '');
      return [{ id, place, raw }];
    }
    const message = `Group ${quoted(place)} of the file was left out: it is no object, or has no id of its own.`;
    report.error('import/group', ['groups', place], message);
    return [];
  });
  for (const { id, raw } of groups) {
    const node = sketch.add(id, {
      type: 'loom/group',
      position: { x: 0, y: 0 },
      inputs: new Map(),
      settings: { zone: { kind: 'group' } },
      ports: { inputs: { names: [], open: false }, outputs: { names: [], open: false } },
    });
    ids.set(id, node);
    const others = without(raw, placed);
    if (isRecord(others.meta) && Object.keys(others.meta).length === 0) delete others.meta;
    if (Object.keys(others).length === 0) continue;
    rest.set(node, others);
    const message =
      'What the file says about these groups has no place in a flow: it is kept under "meta", and does nothing.';
    report.gather('import/set-aside', ['nodes', node], message, id);
  }
  nest(groups, ids, most, sketch, report);
  const empty = dropEmpty([...ids.values()], sketch);
  for (const { id, place } of groups) {
    if (!empty.has(ids.get(id) ?? '')) continue;
    report.warning('import/group', ['groups', place], `Group ${quoted(id)} was left out: nothing is in it.`);
  }
  return { ids: [...ids.values()].filter((id) => !empty.has(id)), rest };
}

/** Puts nodes and groups into their groups. Each lies in one: the first that names it. */
function nest(
  groups: readonly Group[],
  ids: ReadonlyMap<string, string>,
  most: number,
  sketch: Sketch,
  report: Report,
): void {
  const put = (member: string | undefined, name: unknown, into: Group): void => {
    const node = member === undefined ? undefined : sketch.nodes.get(member);
    const parent = ids.get(into.id);
    if (!node || parent === undefined) {
      report.error(
        'import/group',
        ['groups', into.place],
        `Group ${quoted(into.id)} names ${quoted(name)}, which does not exist. It was left out.`,
      );
    } else if (node.parent === undefined) node.parent = parent;
    else if (node.parent !== parent) {
      const message = `${quoted(name)} is in two groups, and stayed in ${quoted(node.parent)}: it was left out of ${quoted(into.id)}.`;
      report.error('import/group', ['nodes', member ?? ''], message);
    }
  };
  const byId = new Map(groups.map((group) => [group.id, group]));
  for (const group of groups) {
    const { parent_group: parent } = group.raw;
    if (parent === undefined || parent === null) continue;
    const into = byId.get(idOf(parent) ?? '');
    if (into) put(ids.get(group.id), group.id, into);
    else {
      const message = `Group ${quoted(group.id)} lies in ${quoted(parent)}, which does not exist. It lies in none now.`;
      report.error('import/group', ['groups', group.place], message);
    }
  }
  for (const group of groups) {
    for (const child of namesIn(group, 'child_groups', most, report)) put(ids.get(idOf(child) ?? ''), child, group);
    for (const name of namesIn(group, 'node_ids', most, report)) {
      const id = idOf(name);
      put(id !== undefined && sketch.nodes.get(id)?.type !== 'loom/group' ? id : undefined, name, group);
    }
  }
}

function namesIn({ raw, place }: Group, key: string, most: number, report: Report): unknown[] {
  const entries = entriesAt(raw, key, most, report, ['groups', place]);
  report.countPorts(entries.length);
  return entries.map(([, name]) => name);
}

/** Removes groups that hold nothing, from the inside out. */
function dropEmpty(ids: readonly string[], sketch: Sketch): Set<string> {
  const members = new Map(ids.map((id) => [id, 0]));
  for (const { parent } of sketch.nodes.values()) {
    if (parent !== undefined && members.has(parent)) members.set(parent, (members.get(parent) ?? 0) + 1);
  }
  const empty = new Set(ids.filter((id) => members.get(id) === 0));
  for (const id of empty) {
    const parent = sketch.nodes.get(id)?.parent;
    sketch.remove(id);
    if (parent === undefined || !members.has(parent)) continue;
    const left = (members.get(parent) ?? 0) - 1;
    members.set(parent, left);
    if (left === 0) empty.add(parent);
  }
  return empty;
}
