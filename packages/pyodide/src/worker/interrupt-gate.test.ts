import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { InterruptGate, InterruptRequest } from './interrupt-gate.js';
import { MailSlot, MailSlotSender } from './mail-slot.js';

const SIGINT = 2;

afterEach(() => {
  vi.restoreAllMocks();
});

/** What Pyodide does every few dozen bytecodes. */
function poll(gate: InterruptGate): number {
  const signal = gate[0];
  gate[0] = 0;
  return signal;
}

it('an interrupt reaches the batch that it was meant for, once', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(7);
  expect(poll(gate)).toBe(0);
  request.interrupt(7);
  expect(poll(gate)).toBe(SIGINT);
  expect(poll(gate)).toBe(0);
  request.interrupt(7);
  expect(poll(gate)).toBe(SIGINT);
});

it('an interrupt that comes late does not reach the next batch', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(1);
  gate.open(0);
  request.interrupt(1);
  gate.open(2);
  expect(poll(gate)).toBe(0);
  request.interrupt(2);
  expect(poll(gate)).toBe(SIGINT);
});

it('an interrupt that comes before its batch begins waits for it', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  request.interrupt(1);
  gate.open(1);
  expect(poll(gate)).toBe(SIGINT);
});

it('work of the worker itself is never interrupted, and the batch is afterwards', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(1);
  request.interrupt(1);
  expect(gate.closedWhile(() => poll(gate))).toBe(0);
  expect(poll(gate)).toBe(SIGINT);
});

it('a take is interrupted in its own steps, and the batch in its own', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(1);
  request.interrupt(2);
  expect(poll(gate)).toBe(0);
  request.interrupt(1);
  gate.step(0);
  expect(poll(gate)).toBe(0);
  gate.step(2);
  expect(poll(gate)).toBe(SIGINT);
  expect(poll(gate)).toBe(0);
  gate.step(undefined);
  expect(poll(gate)).toBe(SIGINT);
  expect(poll(gate)).toBe(0);
  gate.step(2);
  expect(poll(gate)).toBe(0);
});

it('an interrupt that another one replaced is asked for again', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  request.interrupt(3);
  request.interrupt(3 + 16);
  gate.open(3);
  expect(poll(gate)).toBe(0);
  request.interrupt(3);
  expect(poll(gate)).toBe(SIGINT);
});

it('a forgotten interrupt does not come', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(1);
  request.interrupt(1);
  gate.forget(1);
  expect(poll(gate)).toBe(0);
});

it('without shared memory nothing is interrupted, and sleeping still works', () => {
  const gate = new InterruptGate(undefined);
  gate.open(1);
  expect(poll(gate)).toBe(0);
  const wait = vi.spyOn(Atomics, 'wait');
  gate.sleep(20);
  expect(wait.mock.results).toEqual([{ type: 'return', value: 'timed-out' }]);
  expect(wait.mock.lastCall?.[3]).toBe(20);
});

it('a message is offered once in a while, until it is taken, and only while code runs', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.advanceTimersByTime(1_000);
  const sender = new MailSlotSender();
  const slot = new MailSlot(sender.buffer);
  const gate = new InterruptGate(new InterruptRequest().buffer, slot);
  sender.put(new TextEncoder().encode('mail'));
  expect(gate[0]).toBe(0);
  gate.open(1);
  expect([gate[0], gate[0], gate[0]]).toEqual([10, 0, 0]);
  vi.advanceTimersByTime(20);
  expect([gate[0], gate[0]]).toEqual([10, 0]);
  expect(slot.take()).toBe('mail');
  vi.advanceTimersByTime(20);
  expect(gate[0]).toBe(0);
});

it('the bell rings ten times a second while code computes, also without shared memory', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.advanceTimersByTime(1_000);
  const gate = new InterruptGate(undefined);
  gate.open(1);
  const rings = () => Array.from({ length: 1_000 }, () => gate[0]).filter((signal) => signal === 10).length;
  expect(rings()).toBe(1);
  vi.advanceTimersByTime(50);
  expect(rings()).toBe(0);
  vi.advanceTimersByTime(50);
  expect(rings()).toBe(1);
});

it('sleeping ends at once when an interrupt waits', () => {
  const request = new InterruptRequest();
  const gate = new InterruptGate(request.buffer);
  gate.open(1);
  request.interrupt(1);
  const wait = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
  gate.sleep(60_000);
  expect(wait).not.toHaveBeenCalled();
});
