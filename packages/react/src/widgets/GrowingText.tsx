import type { ComponentPropsWithoutRef, ReactNode } from 'react';

interface GrowingTextProps extends Omit<ComponentPropsWithoutRef<'textarea'>, 'value' | 'readOnly'> {
  readonly text: string;
  readonly minRows: number;
  readonly readOnly: boolean | undefined;
  readonly mono?: boolean;
}

const MOST_ROWS = 10;

/** A text area as tall as its lines. With one line it looks and scrolls like an ordinary field. */
export function GrowingText({ text, minRows, readOnly, mono, className, ...rest }: GrowingTextProps): ReactNode {
  const rows = Math.min(MOST_ROWS, Math.max(minRows, text.split('\n', MOST_ROWS).length));
  const classes = ['loom-input loom-widget-text nodrag nowheel', mono && 'loom-widget-mono', className];
  return (
    <textarea
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      data-one-line={rows === 1 || undefined}
      rows={rows}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      wrap={rows === 1 ? 'off' : 'soft'}
      value={text}
    />
  );
}
