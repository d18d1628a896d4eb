/** How a page in a frame should look, as colours that were resolved outside. */
export interface PageTheme {
  readonly scheme: 'light' | 'dark';
  readonly background: string;
  readonly color: string;
  readonly border: string;
  readonly fontFamily: string;
}

// Nothing is loaded, nothing runs, nothing is sent: only inline styles and inline pictures. The frame's sandbox
// already forbids scripts, forms and popups; this holds as well where a frame is opened on its own.
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A whole document around HTML that a value brought along. The HTML is not cleaned: the frame is what protects. */
export function htmlPage(html: string, theme: PageTheme): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<base target="_blank">
<style>
:root { color-scheme: ${theme.scheme}; }
body { margin: 8px; background: ${theme.background}; color: ${theme.color}; font: 13px/1.4 ${theme.fontFamily}; }
table { border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
th, td { padding: 2px 8px; border: 1px solid ${theme.border}; text-align: right; }
img, svg { max-width: 100%; }
</style>
</head>
<body>
${html}
</body>
</html>`;
}
