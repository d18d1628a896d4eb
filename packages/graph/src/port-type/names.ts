/** Words with a meaning of their own in the text form of port types. A class of that name is written `class<"list">`. */
export const simpleKinds = ['any', 'number', 'int', 'string', 'bool', 'bytes', 'file', 'json', 'none'] as const;

export type SimpleKind = (typeof simpleKinds)[number];

/** What people coming from Python or JavaScript write by habit. */
export const simpleAliases: Readonly<Record<string, SimpleKind>> = {
  str: 'string',
  float: 'number',
  boolean: 'bool',
};

const reserved = new Set<string>([
  ...simpleKinds,
  ...Object.keys(simpleAliases),
  ...['list', 'stream', 'dict', 'tuple', 'union', 'class', 'var', 'never', 'true', 'false', 'null'],
]);

const word = /^[\p{ID_Start}_][\p{ID_Continue}]*(?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*$/u;
const variableWord = /^[A-Z][0-9]*$/;

/** A capital letter, with digits or none, is a type variable: `T`, `K`, `T2`. */
export function isVariableWord(text: string): boolean {
  return variableWord.test(text);
}

/** Whether a class of this name can be written bare. */
export function isClassWord(text: string): boolean {
  return word.test(text) && !variableWord.test(text) && !reserved.has(text);
}

export function isSimpleKind(text: string): text is SimpleKind {
  return (simpleKinds as readonly string[]).includes(text);
}
