/**
 * Headers that make a page cross-origin isolated. Only then may it share memory with its workers, which is what lets
 * running Python be interrupted in place; without them the worker is restarted instead.
 */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
