/** A file as text. See `scripts/source-text.ts`. */
declare module '*?raw' {
  const text: string;
  export default text;
}
