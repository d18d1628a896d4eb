/** A name of code as words for people: `body_mass` and `bodyMass` are `Body mass`, `toJSON` is `To JSON`. */
export function titleOfName(name: string): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_]+/)
    .filter(Boolean)
    // A word of capitals is an abbreviation, any other goes on in small letters.
    .map((word, index) => (index > 0 && /^\p{Lu}\p{Ll}/u.test(word) ? word.toLowerCase() : word))
    .join(' ');
  const [first] = words;
  return first === undefined ? name : first.toUpperCase() + words.slice(first.length);
}
