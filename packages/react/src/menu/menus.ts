import type { CommandId } from '../commands/registry.js';
import type { MenuName } from '../store/session.js';

/** A line of a menu: a command, or what parts two groups of them. */
export type MenuEntry = CommandId | '-';

/** The menus, by what they are about. What can do nothing at the moment is left out of menus about the selection. */
export const menus = {
  run: ['run.all', 'run.changed', 'run.selection', 'run.from', 'run.only', '-', 'run.step', 'run.auto', 'run.live'],
  node: [
    ...['run.selection', 'run.from', 'run.only', 'run.continueTo', '-'],
    ...['node.connect', 'node.rename', 'node.inspect', 'node.detach', '-'],
    ...['node.mute', 'node.bypass', 'node.pin', 'node.breakpoint', '-'],
    ...['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', 'edit.deleteBridging', '-'],
    ...['node.collapse', 'zone.move', 'zone.forEach', 'zone.repeat', 'zone.while', 'zone.group', 'node.frame', '-'],
    ...['subgraph.open', 'subgraph.make', 'subgraph.unpack', 'subgraph.detach', 'node.template', '-'],
    'view.fitSelection',
  ],
  selection: [
    ...['run.selection', 'run.from', 'run.only', '-'],
    ...['node.mute', 'node.bypass', 'node.pin', 'node.breakpoint', '-'],
    ...['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', 'edit.deleteBridging', 'node.detach', '-'],
    ...['zone.move', 'zone.forEach', 'zone.repeat', 'zone.while', 'zone.group', 'node.frame', '-'],
    ...['subgraph.make', 'node.template', '-'],
    ...['arrange.left', 'arrange.center', 'arrange.right', 'arrange.top', 'arrange.middle', 'arrange.bottom'],
    ...['arrange.across', 'arrange.down', 'arrange.tidy', '-'],
    'view.fitSelection',
  ],
  zone: [
    ...['run.selection', 'run.from', 'run.continueTo', '-'],
    ...['node.add', 'node.connect', 'node.rename', 'node.inspect', '-'],
    ...['node.mute', 'node.breakpoint', '-'],
    ...['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', '-'],
    ...['node.collapse', 'zone.dissolve', 'zone.move', 'node.template', '-'],
    'view.fitSelection',
  ],
  port: [
    ...['port.connect', 'port.add', 'port.disconnect', '-'],
    ...['port.copyValue', 'port.clear', 'node.pin', '-'],
    ...['port.promote', 'port.rename'],
  ],
  file: ['file.share', '-', 'file.save', 'file.exportPng', 'file.exportSvg'],
  frame: [
    ...['frame.edit', 'frame.contents', '-', 'edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', '-'],
    'view.fitSelection',
  ],
  note: ['frame.edit', '-', 'edit.cut', 'edit.copy', 'edit.duplicate', 'edit.delete', '-', 'view.fitSelection'],
  edge: ['wire.insert', 'wire.addPoint', 'wire.straighten', '-', 'edit.delete'],
  pane: [
    ...['node.add', 'node.newPython', 'node.note', 'node.frame', '-'],
    ...['edit.paste', 'edit.pasteWired', 'edit.selectAll', 'edit.selectBox', 'edit.selectLasso', '-'],
    ...['view.find', 'view.outline', 'arrange.tidyAll', 'view.fit', 'subgraph.leave', '-'],
    ...['run.all', 'run.step'],
  ],
} as const satisfies Record<Exclude<MenuName, 'history'>, readonly MenuEntry[]>;
