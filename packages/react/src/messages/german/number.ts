/** A number as it is written in German. */
export function number(value: number, digits?: number): string {
  return value.toLocaleString('de', digits === undefined ? {} : { maximumFractionDigits: digits });
}
