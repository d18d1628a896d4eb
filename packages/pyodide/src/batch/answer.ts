import type { Connection } from '../link/connection.js';

/**
 * Hands an answer to a task that has asked: by a message for code that awaits, and where memory is shared also in the mail,
 * for code that blocks. The first one counts.
 */
export function sendAnswer(connection: Connection, task: string, question: number, text: string | null): void {
  const withdraw = connection.mail?.post({ kind: 'answer', task, question, text });
  // The end of the worker is told in another way.
  connection
    .call('answer', task, question, text)
    .catch(() => {})
    .finally(() => withdraw?.());
}
