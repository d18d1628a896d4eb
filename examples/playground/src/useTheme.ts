import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';

/** The theme of the page: the system's until someone chooses another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  );
  useEffect(() => {
    document.documentElement.style.colorScheme = theme;
  }, [theme]);
  return [theme, setTheme];
}
