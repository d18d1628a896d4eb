import { type ComponentType, createElement, type ReactNode } from 'react';
import { PartBoundary } from './PartBoundary.js';

/** Props of {@link Slot}. */
export interface SlotProps {
  /** What the app has for this place: a component, `null` for nothing, or undefined for the standard one. */
  readonly component: ComponentType | null | undefined;
  readonly standard: ComponentType;
}

/** A part of the editor that an app may replace or leave out. One that throws takes nothing else with it. */
export function Slot({ component, standard }: SlotProps): ReactNode {
  const content = component === undefined ? standard : component;
  return content === null ? null : <PartBoundary>{createElement(content)}</PartBoundary>;
}
