// Previews go to every listener with every result, so they stay small whatever the value is. The same bounds as the
// Python side keeps, so that a value looks alike wherever it was made.

/** Characters of a text shown as it is. */
export const MAX_TEXT = 10_000;
/** Characters of a text when so many are asked for. */
export const MAX_ASKED_TEXT = 1_000_000;
/** Characters of a text inside a table cell or tree. */
export const MAX_CELL_TEXT = 200;
/** Rows of the first page of a table, and of any page for which no limit is asked. */
export const PAGE_ROWS = 20;
/** Rows of the largest page that can be asked for. */
export const MAX_PAGE_ROWS = 1_000;
export const MAX_COLUMNS = 100;
/** Rows looked at to find the columns of a table and whether an array is one. */
export const SAMPLE_ROWS = 200;
export const MAX_TREE_DEPTH = 6;
/** Items of one container in a tree, and of the whole tree. */
export const MAX_TREE_CHILDREN = 50;
export const MAX_TREE_ITEMS = 1_000;
/** Bytes shown of bytes and typed arrays. */
export const MAX_BYTES = 256;
/** Characters of a text form that a value has of itself. A cut page is a broken page: longer ones are left out whole. */
export const MAX_FORM_TEXT = 64_000;
/** Bytes of an image, sound or film that a value has of itself, and characters of the JSON of a chart. */
export const MAX_FORM_BYTES = 2_000_000;
