/** A part of a text: from `start` up to, not including, `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A text prepared for matching. */
export interface FoldedText {
  /** Lower case without accents, as long as the original, so that positions agree. */
  readonly text: string;
  /** For each position, whether a word starts there. */
  readonly wordStarts: readonly boolean[];
}

/** How well a term matches; more is better, 1000 is the most. */
export interface TextMatch {
  readonly score: number;
  readonly ranges: readonly TextRange[];
}

const EXACT = 1000;
const PREFIX = 900;
const WORD_PREFIX = 700;
const SUBSTRING = 500;
const SUBSEQUENCE = 300;
const INITIALS = 100;
const FIRST_STARTS_WORD = 30;

/** Prepares a text. Positions stay those of the original: folding goes unit by unit and never changes the length. */
export function foldText(original: string): FoldedText {
  let text = '';
  const wordStarts: boolean[] = [];
  for (let index = 0; index < original.length; index++) {
    const unit = original.charAt(index);
    const [plain = unit] = unit.normalize('NFD');
    const lower = plain.toLowerCase();
    text += lower.length === 1 ? lower : unit;
    const before = original.charAt(index - 1);
    const isHump = /\p{Ll}/u.test(before) && /\p{Lu}/u.test(unit);
    wordStarts.push(/[\p{L}\p{N}]/u.test(unit) && (isHump || !/[\p{L}\p{N}]/u.test(before)));
  }
  return { text, wordStarts };
}

/** Matches one folded term. `words` leaves loose letters out: in long texts they would match anything. */
export function matchText(
  target: FoldedText,
  term: string,
  mode: 'words' | 'letters' = 'letters',
): TextMatch | undefined {
  const { text, wordStarts } = target;
  if (text === term) return { score: EXACT, ranges: [{ start: 0, end: term.length }] };
  let found: number | undefined;
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    if (at === 0) return { score: PREFIX, ranges: [{ start: 0, end: term.length }] };
    if (wordStarts[at]) return { score: WORD_PREFIX, ranges: [{ start: at, end: at + term.length }] };
    found ??= at;
  }
  if (found !== undefined) return { score: SUBSTRING, ranges: [{ start: found, end: found + term.length }] };
  return mode === 'letters' ? matchLetters(target, term) : undefined;
}

/** The letters in order, first at starts of words (`rj` in "Read JSON"), else anywhere. Fewer pieces score higher. */
function matchLetters(target: FoldedText, term: string): TextMatch | undefined {
  const initials = lettersAt(target, term, true);
  const positions = initials ?? lettersAt(target, term, false);
  if (!positions) return undefined;
  const bonus = (initials ? INITIALS : 0) + (target.wordStarts[positions[0] ?? -1] ? FIRST_STARTS_WORD : 0);
  const ranges: { start: number; end: number }[] = [];
  for (const position of positions) {
    const last = ranges.at(-1);
    if (last && last.end === position) last.end++;
    else ranges.push({ start: position, end: position + 1 });
  }
  return { score: SUBSEQUENCE + bonus - Math.min(ranges.length * 20, 200), ranges };
}

function lettersAt({ text, wordStarts }: FoldedText, term: string, fromWords: boolean): number[] | undefined {
  const positions: number[] = [];
  let from = 0;
  for (const letter of term) {
    let at = text.indexOf(letter, from);
    // Letters that do not follow the one before must start a word.
    if (fromWords)
      while (at !== -1 && !wordStarts[at] && at !== (positions.at(-1) ?? -2) + 1) at = text.indexOf(letter, at + 1);
    if (at === -1) return undefined;
    positions.push(at);
    from = at + 1;
  }
  return positions;
}
