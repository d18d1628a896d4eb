import type { Paint } from './node-picture.js';

/** Finds out what colours are at an element: variables and the theme are resolved by the browser. */
export function themePaint(element: HTMLElement): { readonly paint: Paint; dispose(): void } {
  const probe = element.ownerDocument.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const known = new Map<string, string>();
  return {
    paint(color) {
      let found = known.get(color);
      if (found === undefined) {
        probe.style.color = '';
        probe.style.color = color;
        found = getComputedStyle(probe).color;
        known.set(color, found);
      }
      return found;
    },
    dispose: () => probe.remove(),
  };
}
