/** In the place of a value that an executor holds. */
export const ELSEWHERE: unique symbol = Symbol('elsewhere');

/** In the place of a value that there is not: its node has given nothing. */
export const NOTHING: unique symbol = Symbol('nothing');

/** In the place of a value that was let go, because a newer one took its place. */
export const GONE: unique symbol = Symbol('gone');
