import { type RefObject, useEffect, useState } from 'react';
import type { PageTheme } from './html-page.js';

/** The colours at an element, followed as the theme changes. Undefined until the element is on the page. */
export function usePageTheme(element: RefObject<HTMLElement | null>): PageTheme | undefined {
  const [theme, setTheme] = useState<PageTheme | undefined>(undefined);
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const update = (): void =>
      setTheme((before) => {
        const now = readTheme(target);
        // The same theme keeps its identity, so that the frame is not loaded again.
        return before && JSON.stringify(before) === JSON.stringify(now) ? before : now;
      });
    update();
    const observer = new MutationObserver(update);
    const root = target.closest('.loom');
    if (root) observer.observe(root, { attributeFilter: ['data-theme', 'class', 'style'] });
    const query = matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', update);
    return () => {
      observer.disconnect();
      query.removeEventListener('change', update);
    };
  }, [element]);
  return theme;
}

function readTheme(element: HTMLElement): PageTheme {
  const style = getComputedStyle(element);
  const { colorScheme } = style;
  const followsSystem = colorScheme.includes('light') && colorScheme.includes('dark');
  const isDark = followsSystem ? matchMedia('(prefers-color-scheme: dark)').matches : colorScheme.includes('dark');
  return {
    scheme: isDark ? 'dark' : 'light',
    background: style.backgroundColor,
    color: style.color,
    border: style.borderTopColor,
    fontFamily: style.fontFamily,
  };
}
