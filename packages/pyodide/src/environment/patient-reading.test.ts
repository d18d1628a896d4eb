import { expect, it } from 'vitest';
import { PatientReading } from './patient-reading.js';
import { missing, type ReadAddress } from './read-address.js';

const url = new URL('https://wheels.example/a.whl');

/** Fails as often as told, then reads. */
function reading(faults: number, passing: boolean) {
  const waits: number[] = [];
  const told: string[] = [];
  let attempts = 0;
  const source: ReadAddress = {
    resolve: (address) => new URL(address),
    read: async () => {
      attempts++;
      if (attempts <= faults) throw missing(url, 'the server answered 503', { status: 503, passing });
      return new ArrayBuffer(3);
    },
  };
  const patient = new PatientReading(source, {
    onRetry: (detail) => told.push(detail),
    wait: async (ms) => void waits.push(ms),
  });
  return { patient, waits, told, attempts: () => attempts };
}

it('what may be over soon is tried again, later each time, and told', async () => {
  const { patient, waits, told } = reading(2, true);
  expect((await patient.read(url)).byteLength).toBe(3);
  expect(waits).toEqual([300, 1_200]);
  expect(told[0]).toContain('https://wheels.example/a.whl could not be read: the server answered 503');
  expect(told.map((line) => line.replace(/.*\. /, ''))).toEqual(['Trying again (2 of 4).', 'Trying again (3 of 4).']);
});

it('there is an end to it', async () => {
  const { patient, attempts } = reading(99, true);
  await expect(patient.read(url)).rejects.toMatchObject({ code: 'python/package-missing' });
  expect(attempts()).toBe(4);
});

it('what is not there is not asked for again', async () => {
  const { patient, attempts, told } = reading(99, false);
  await expect(patient.read(url)).rejects.toMatchObject({ code: 'python/package-missing' });
  expect([attempts(), told]).toEqual([1, []]);
});
