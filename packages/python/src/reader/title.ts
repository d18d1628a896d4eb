/** A name of code as words for people: `filter_rows` is `Filter rows`. */
export function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
  const [first] = words;
  return first === undefined ? name : first.toUpperCase() + words.slice(first.length);
}
