/** Containers within containers. Deeper values are nearly always a mistake, and Python's reader recurses. */
export const MAX_DEPTH = 200;

/** Items of one value, counting every scalar and container. Larger data belongs into typed arrays or bytes. */
export const MAX_ITEMS = 1_000_000;
