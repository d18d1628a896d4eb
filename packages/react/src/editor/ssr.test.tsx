import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LoomEditor } from '../index.js';
import { library, sumFlow } from './fixture.js';

test('renders on a server, where there is no window', () => {
  expect(typeof window).toBe('undefined');
  const html = renderToString(<LoomEditor defaultDocument={sumFlow} library={library} theme="system" />);
  expect(html).toContain('data-theme="system"');
  expect(html).toContain('aria-label="Flow editor"');
});
