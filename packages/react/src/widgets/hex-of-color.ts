let pixel: CanvasRenderingContext2D | null | undefined;

/**
 * A colour of CSS as the pickers of browsers take it, `#663399` for `rebeccapurple`; undefined when it is none, or stands for
 * another one, as `var(--x)` does. Only painting it tells: the names and notations of colours are many.
 */
export function hexOfColor(color: string): string | undefined {
  if (typeof document === 'undefined' || color.startsWith('var(') || !CSS.supports('color', color)) return undefined;
  pixel ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!pixel) return undefined;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
