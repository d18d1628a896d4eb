import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { lazyPart } from './lazy-part.js';
import { Slot } from './Slot.js';
import { usePreload } from './usePreload.js';

const Menu = lazyPart(() => import('../menu/Menu.js').then(({ OpenMenu }) => OpenMenu));
const Palette = lazyPart(() => import('../palette/Palette.js').then((module) => module.Palette));
const HelpSheet = lazyPart(() => import('../palette/HelpSheet.js').then((module) => module.HelpSheet));
const OpenDialog = lazyPart(() => import('../editor/OpenDialog.js').then((module) => module.OpenDialog));

const RenameField = lazyPart(() => import('../editor/RenameField.js').then((module) => module.RenameField));

/** What people open by a key and type into at once. */
const OPENED_SOON = [Menu, Palette];

/** What lies over the parts while it is open: menus, palette, keys, and what is asked of an opened file. */
export function Overlays(): ReactNode {
  const { components } = useEditor();
  const menu = useLoom((state) => state.session.menu !== undefined);
  const palette = useLoom((state) => state.session.palette !== undefined);
  const help = useLoom((state) => state.session.help);
  const renaming = useLoom((state) => state.session.renaming !== undefined);
  usePreload(OPENED_SOON);
  const opened = useLoom((state) => state.session.opened !== undefined);
  return (
    <>
      {menu ? <Slot component={components.Menu} standard={Menu} /> : null}
      {palette ? <Slot component={components.Palette} standard={Palette} /> : null}
      {help ? <Slot component={components.Help} standard={HelpSheet} /> : null}
      {renaming ? <RenameField /> : null}
      {opened ? <OpenDialog /> : null}
    </>
  );
}
