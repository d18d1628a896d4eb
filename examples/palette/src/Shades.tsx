import { type NodeViewProps, type PreviewRendererProps, usePortValue } from '@loom/react';
import type { ReactNode } from 'react';
import { PALETTE, type Palette, readPalette } from './palette-data.js';

function Swatches({ rows }: Palette): ReactNode {
  return (
    <div className="swatches" role="img" aria-label={rows.map(({ shades }) => shades.join(' ')).join('; ')}>
      {rows.map(({ name, shades }) => (
        <div key={name}>
          {shades.map((shade) => (
            <span key={shade} style={{ background: shade }} title={shade} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A palette wherever the editor shows a value: in the inspector, enlarged, on other nodes. */
export function PaletteView({ data }: PreviewRendererProps): ReactNode {
  return <Swatches {...readPalette(data)} />;
}

/** The node *Shades* on the canvas. */
export function ShadesView({ id }: NodeViewProps): ReactNode {
  return <NewestPalette node={id} />;
}

/** What the node last gave; the hook renders it anew with each result and with nothing else. */
export function NewestPalette({ node }: { readonly node: string }): ReactNode {
  const palette = usePortValue(node, 'palette')?.preview.data[PALETTE];
  if (palette === undefined) return <p className="no-palette">Run it to see the colours.</p>;
  return <Swatches {...readPalette(palette)} />;
}
