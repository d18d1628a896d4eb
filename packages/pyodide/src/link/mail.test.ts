import { expect, it } from 'vitest';
import { MailSlot } from '../worker/mail-slot.js';
import { Mail } from './mail.js';

function posting() {
  const bell = new SharedArrayBuffer(4);
  const mail = new Mail(bell);
  const slot = new MailSlot(mail.buffer);
  const take = (): unknown => {
    const text = slot.take();
    if (text !== undefined) mail.taken();
    return text === undefined ? undefined : (JSON.parse(text) as { text: unknown }).text;
  };
  const post = (text: string) => mail.post({ kind: 'answer', task: 't', question: 0, text });
  return { mail, take, post, rings: () => new Int32Array(bell)[0] };
}

it('messages go one after the other, each with a ring', () => {
  const { take, post, rings } = posting();
  for (const text of ['a', 'b', 'ç']) expect(post(text)).toBeDefined();
  expect(rings()).toBe(1);
  expect([take(), take(), take(), take()]).toEqual(['a', 'b', 'ç', undefined]);
  expect(rings()).toBe(3);
});

it('a message that is withdrawn does not come, wherever it is', () => {
  const { take, post } = posting();
  const [first, second] = [post('a'), post('b')];
  post('c');
  second?.();
  first?.();
  first?.();
  expect([take(), take()]).toEqual(['c', undefined]);
});

it('what is too large or too much is refused', () => {
  const { post } = posting();
  expect(post('x'.repeat(70_000))).toBeUndefined();
  const posted = Array.from({ length: 200 }, () => post('x'));
  expect(posted.filter(Boolean)).toHaveLength(101);
});

it('a reply reaches who waits for it, once', () => {
  const { mail } = posting();
  const heard: unknown[] = [];
  const [first, second] = [mail.nextId(), mail.nextId()];
  mail.onReply(first, (answer) => heard.push(answer));
  const forget = mail.onReply(second, (answer) => heard.push(answer));
  forget();
  for (const id of [first, first, second]) mail.replied({ id, answer: { status: 'applied' } });
  expect(heard).toEqual([{ status: 'applied' }]);
});
