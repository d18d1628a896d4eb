import type { ParameterAnswer } from '@loom/engine';
import { faultFrom } from '@loom/engine';
import type { Json } from '@loom/graph';
import type { Connection } from '../link/connection.js';
import type { Mail } from '../link/mail.js';

/** How long an answer may take. Async handlers have less, so that what is given up here is not applied later. */
const ANSWER_MS = 4_500;

/** How old a parameter may be when the worker reads it. */
const EXPIRES_MS = 1_000;

/** How long a free event loop may take to answer; then the code is taken to be computing. */
const FREE_MS = 50;

const BUSY =
  'The worker computes and cannot be reached. A node takes parameters while it awaits, and in pages that are ' +
  'cross-origin isolated also while it computes: make it async and let it await now and then, or isolate the page.';

/** What the worker answers to a call whose parameter has come in the mail. */
export const CAME_IN_THE_MAIL = '';

/**
 * Hands a live parameter to a task: by a message, which the worker reads while none of its code computes, and, where memory
 * is shared, in the mail, which reaches code that computes. When neither gets through, the answer is a rejection that says
 * so, and the value is not applied later either.
 */
export async function setParameter(
  connection: Connection,
  task: string,
  name: string,
  value: Json,
): Promise<ParameterAnswer> {
  const { mail } = connection;
  const id = mail?.nextId() ?? 0;
  const ends: (() => void)[] = [];
  try {
    return await new Promise<ParameterAnswer>((resolve) => {
      const busy = setTimeout(() => resolve({ status: 'rejected', reason: BUSY }), ANSWER_MS);
      ends.push(() => clearTimeout(busy));
      connection.call('setParameter', task, name, JSON.stringify(value), Date.now() + EXPIRES_MS, id).then(
        (text) => text !== CAME_IN_THE_MAIL && resolve(JSON.parse(text) as ParameterAnswer),
        (thrown: unknown) => {
          const { code, message } = faultFrom(thrown);
          resolve({ status: 'rejected', reason: code === 'executor/busy' ? BUSY : message });
        },
      );
      if (mail) ends.push(...sendLater(mail, id, { task, name, value }, resolve));
    });
  } finally {
    for (const end of ends) end();
  }
}

/** Posts the parameter when the worker turns out to be computing. Gives what ends that. */
function sendLater(
  mail: Mail,
  id: number,
  parameter: { readonly task: string; readonly name: string; readonly value: Json },
  resolve: (answer: ParameterAnswer) => void,
): (() => void)[] {
  let withdraw: (() => void) | undefined;
  const timer = setTimeout(() => {
    withdraw = mail.post({ kind: 'parameter', id, ...parameter });
  }, FREE_MS);
  const forget = mail.onReply(id, (answer) => {
    // What only code that awaits can answer is left to the message.
    if (answer) resolve(answer as ParameterAnswer);
  });
  return [() => clearTimeout(timer), () => withdraw?.(), forget];
}
