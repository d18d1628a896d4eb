import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react';
import { useLoom } from '../hooks/useLoom.js';

/*
 * Parts that are not there when an editor opens: they load when they are shown first, so that the first load stays small.
 */

const Bottom = lazy(() => import('./BottomPanel.js').then(({ BottomPanel }) => ({ default: BottomPanel })));
const Settings = lazy(() =>
  import('./inspector/SettingsSection.js').then(({ SettingsSection }) => ({ default: SettingsSection })),
);
const Explain = lazy(() =>
  import('./inspector/ExplainSection.js').then(({ ExplainSection }) => ({ default: ExplainSection })),
);

const PastRun = lazy(() =>
  import('../timeline/PastRunBanner.js').then(({ PastRunBanner }) => ({ default: PastRunBanner })),
);

const Palette = lazy(() => import('../palette/Palette.js').then((module) => ({ default: module.Palette })));
const Outline = lazy(() => import('../outline/Outline.js').then((module) => ({ default: module.Outline })));
const OpenMenu = lazy(() => import('../menu/Menu.js').then((module) => ({ default: module.OpenMenu })));
const RenameField = lazy(() => import('./RenameField.js').then((module) => ({ default: module.RenameField })));
const HelpSheet = lazy(() => import('../palette/HelpSheet.js').then((module) => ({ default: module.HelpSheet })));

/** The menu, the palette, the sheet of keys and the field for a name, while one of them is open. */
export function LazyOverlays(): ReactNode {
  const palette = useLoom((state) => state.session.palette);
  const help = useLoom((state) => state.session.help);
  const menu = useLoom((state) => state.session.menu);
  const renaming = useLoom((state) => state.session.renaming);
  return (
    <Suspense fallback={null}>
      {menu === undefined ? null : <OpenMenu />}
      {palette === undefined ? null : <Palette />}
      {help ? <HelpSheet /> : null}
      {renaming === undefined ? null : <RenameField />}
    </Suspense>
  );
}

/** Output, problems and the timeline, below the canvas. */
export function LazyBottomPanel(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Bottom />
    </Suspense>
  );
}

/** How a node runs. */
export function LazySettings(props: ComponentProps<typeof Settings>): ReactNode {
  return (
    <Suspense fallback={null}>
      <Settings {...props} />
    </Suspense>
  );
}

/** Why the next run would compute a node. */
export function LazyExplain(props: ComponentProps<typeof Explain>): ReactNode {
  return (
    <Suspense fallback={null}>
      <Explain {...props} />
    </Suspense>
  );
}

/** Which earlier run one looks at, while one does. */
export function LazyPastRun(): ReactNode {
  const isLooking = useLoom((state) => state.session.pastRun !== undefined);
  return isLooking ? (
    <Suspense fallback={null}>
      <PastRun />
    </Suspense>
  ) : null;
}

/** The flow as a tree. */
export function LazyOutline(): ReactNode {
  return (
    <Suspense fallback={null}>
      <Outline />
    </Suspense>
  );
}
