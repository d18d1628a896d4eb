import type { ReactNode } from 'react';

interface ProgressBarProps {
  /** What goes on, for who cannot see the bar. */
  readonly label: string;
  /** From 0 to 1; undefined while nobody knows. */
  readonly fraction: number | undefined;
  /** How far it is, in better words than a percentage. */
  readonly text?: string | undefined;
}

/** How far something is. */
export function ProgressBar({ label, fraction, text }: ProgressBarProps): ReactNode {
  const percent = fraction === undefined ? undefined : Math.round(fraction * 100);
  return (
    <span
      className="loom-run-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      data-known={percent !== undefined}
    >
      <span style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </span>
  );
}
