import type { ReactNode } from 'react';

/** More characters than this are too many for a node, at full size. */
const LONG = 14;

/** One number, large. */
export function NumberPreview({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="loom-preview-number" data-long={text.length > LONG || undefined} title={text}>
      {text}
    </div>
  );
}
