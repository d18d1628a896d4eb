import { createContext } from 'react';

/** The theme of the root around. */
export const ThemeContext = createContext<'light' | 'dark' | 'system'>('light');
