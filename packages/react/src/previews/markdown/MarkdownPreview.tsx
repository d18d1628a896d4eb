import type { Token } from 'marked';
import { type ReactNode, useEffect, useState } from 'react';
import { previewText } from '../preview-text.js';
import type { PreviewRendererProps } from '../renderer.js';
import { MarkdownElements } from './MarkdownElements.js';

type Parsed = { readonly text: string; readonly tokens: readonly Token[] };

/** Markdown as elements. The parser is loaded when first needed; until then, and if that fails, the text is shown. */
export function MarkdownPreview({ mime, data, size }: PreviewRendererProps): ReactNode {
  const text = previewText(mime, data);
  const [parsed, setParsed] = useState<Parsed | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    import('marked')
      .then(({ lexer }) => {
        if (isCurrent) setParsed({ text, tokens: lexer(text) });
      })
      // Not loaded, or nested until the stack was full: the text itself is a fair form of Markdown.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [text]);
  if (parsed?.text !== text) return <pre className="loom-preview-text">{text}</pre>;
  return (
    <div className="loom-markdown" tabIndex={size === 'panel' ? 0 : undefined}>
      <MarkdownElements tokens={parsed.tokens} />
    </div>
  );
}
