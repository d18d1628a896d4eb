import type { CommandId } from '../commands/registry.js';
import type { MenuName } from '../store/session.js';

/** A line of a menu: a command, or what parts two groups of them. */
export type MenuEntry = CommandId | '-';

/** The menus, by what they are about. What can do nothing at the moment is left out of menus about the selection. */
export const menus = {
  run: ['run.all', 'run.changed', 'run.selection', 'run.from', 'run.only', '-', 'run.step', 'run.auto', 'run.live'],
  node: [
    ...['run.selection', 'run.from', 'run.only', 'run.continueTo', '-'],
    ...['node.mute', 'node.bypass', 'node.pin', 'node.breakpoint', '-'],
    ...['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', '-'],
    ...['node.collapse', 'zone.forEach', 'zone.repeat', 'zone.while', 'zone.group', 'node.frame', 'zone.dissolve', '-'],
    ...['subgraph.open', 'subgraph.make', 'subgraph.unpack', 'subgraph.detach', '-'],
    ...['arrange.left', 'arrange.top', 'arrange.across', 'arrange.down', '-'],
    ...['node.inspect', 'view.fitSelection'],
  ],
  file: ['file.share', '-', 'file.save', 'file.exportPng', 'file.exportSvg'],
  edge: ['edit.delete'],
  pane: [
    'node.add',
    'node.newPython',
    'node.note',
    'node.frame',
    'edit.paste',
    '-',
    'edit.selectAll',
    'view.find',
    'arrange.tidy',
    'view.fit',
    'subgraph.leave',
    '-',
    'run.all',
    'run.step',
  ],
} as const satisfies Record<Exclude<MenuName, 'history'>, readonly MenuEntry[]>;
