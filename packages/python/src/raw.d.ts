/** The text of a Python file, put in at build time. */
declare module '*.py?raw' {
  const text: string;
  export default text;
}
