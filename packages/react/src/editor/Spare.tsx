import type { ReactNode } from 'react';

/** Buttons of the toolbar that go first where there is no room; the search over commands has them all. */
export function Spare({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className="loom-toolbar-spare">{children}</span>;
}
