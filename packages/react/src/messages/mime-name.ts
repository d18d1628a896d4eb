/** A type of content that nobody named, as a word: `application/vnd.vegalite.v5+json` is Vegalite, `image/webp` WEBP. */
export function mimeName(mime: string): string {
  const word = mime
    .replace(/^[^/]*\//, '')
    .replace(/^(?:vnd\.|x-)/, '')
    .replace(/\+\w+$/, '')
    .replace(/\.v\d+$/, '')
    .replaceAll(/[.-]+/g, ' ')
    .trim();
  if (word === '') return mime;
  return word.length <= 4 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}
