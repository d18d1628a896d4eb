/** Widths of characters in the type of a node's title, in flow units: an estimate, so that nothing need be measured. */
const NARROW = 4;
const USUAL = 7;
const CAPITAL = 9;
const FULL = 13;

/** About how wide the title of a node is drawn, in flow units. */
export function titleWidth(title: string): number {
  let width = 0;
  for (const character of title) width += known.get(character) ?? learn(character);
  return width;
}

/** Nearly all titles are made of a few characters, and ten thousand of them are looked at when a flow is opened. */
const known = new Map<string, number>();
const MOST_KNOWN = 1000;

function learn(character: string): number {
  const width = widthOf(character);
  if (known.size < MOST_KNOWN) known.set(character, width);
  return width;
}

function widthOf(character: string): number {
  if (/[ijl.,:;'|!()[\]\s-]/.test(character)) return NARROW;
  // Joiners and marks stand on the character before them.
  if (/[\p{M}\p{Cf}]/u.test(character)) return 0;
  if (/[\p{Extended_Pictographic}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(character)) {
    return /[0-9#*\u00a9\u00ae]/.test(character) ? USUAL : FULL;
  }
  return /[\p{Lu}mwMW@%]/u.test(character) ? CAPITAL : USUAL;
}
