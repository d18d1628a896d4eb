/** A module with everything that it imports, as the text of one module script. See `scripts/source-text.ts`. */
declare module '*?bundle' {
  const text: string;
  export default text;
}
