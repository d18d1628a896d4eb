const THEME_ATTRIBUTES = ['data-theme', 'class', 'style'];

/** Calls when colours may have changed: the theme of an editor, of the system, or variables that the app sets. Returns what ends it. */
export function watchTheme(inside: HTMLElement, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (let element = inside.parentElement; element !== null; element = element.parentElement) {
    observer.observe(element, { attributeFilter: THEME_ATTRIBUTES });
  }
  const dark = inside.ownerDocument.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  dark?.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    dark?.removeEventListener('change', onChange);
  };
}
