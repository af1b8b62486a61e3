import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { apiNames } from '../../../../src/core/buffer/model.ts';
import { ServiceClock } from '../../../../src/core/buffer/transport/serviceClock.ts';
import { clientOf } from '../../../sandbox/client.ts';
import { failureOf } from '../../support/failureOf.ts';
import { ids } from '../../support/ids.ts';
import { ownSandbox } from '../../support/ownSandbox.ts';

const hour = 3_600_000;
/** `Date` is in whole seconds, and this machine may be busy. Milliseconds. */
const exactly = 30_000;

const sandbox = await ownSandbox();

/** How far ahead of this computer's clock it is, to the nearest hour; undefined where it is not known. */
function hoursAhead(at: Date | undefined): number | undefined {
  if (!at) return undefined;
  const ahead = at.getTime() - Date.now();
  const hours = Math.round(ahead / hour);
  expect(Math.abs(ahead - hours * hour)).toBeLessThan(exactly);
  return hours;
}

describe.each(apiNames)('the time at the service of %s', (service) => {
  test('is not known before it has answered, and then is the service’s, not this computer’s', async () => {
    sandbox.skew(3 * hour);
    const api = clientOf(sandbox, service);
    expect(api.serviceNow()).toBeUndefined();
    await api.overview({ size: 20, known: [] });
    expect(hoursAhead(api.serviceNow())).toBe(3);
  });

  test('is told by a refusal, too', async () => {
    sandbox.skew(-2 * hour);
    const api = clientOf(sandbox, service);
    await failureOf(api.update('f00000000000000000000000'));
    expect(hoursAhead(api.serviceNow())).toBe(-2);
  });

  test('is not what something in between has', async () => {
    sandbox.skew(3 * hour);
    const api = clientOf(sandbox, service);
    for (const by of ['portalPage', 'filterPage', 'filterJson', 'blockedJson', 'missingJson', 'emptyOk', 'gatewayTimeout'] as const) {
      sandbox.faults.add({ kind: 'stranger', by });
      await failureOf(api.create({ profileIds: [ids.bluesky], text: 'New', when: 'queue' }, () => 'bluesky'));
      expect(api.serviceNow(), by).toBeUndefined();
    }
  });
});

describe('a service’s clock', () => {
  const at = (date: string, more: Record<string, string> = {}) => new Headers({ date, ...more });
  const noon = 'Fri, 27 Nov 2026 12:00:00 GMT';

  test('goes on by time that nobody sets', () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'], now: new Date('1999-01-01') });
    onTestFinished(() => void vi.useRealTimers());
    const clock = new ServiceClock();
    clock.learn(at(noon), performance.now());
    vi.advanceTimersByTime(90_000);
    vi.setSystemTime(new Date('2031-01-01'));
    expect(clock.now()).toEqual(new Date('2026-11-27T12:01:30Z'));
  });

  test('counts from when the headers came, not from when the rest did', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const clock = new ServiceClock();
    const came = performance.now();
    vi.advanceTimersByTime(20_000);
    clock.learn(at(noon), came);
    expect(clock.now()).toEqual(new Date('2026-11-27T12:00:20Z'));
  });

  test.each<[string, Headers]>([
    ['no date', new Headers()],
    ['a date that is none', at('yesterday')],
    ['the date of an answer that was kept', at(noon, { age: '3600' })],
  ])('does not learn from %s', (_, headers) => {
    const clock = new ServiceClock();
    clock.learn(headers, performance.now());
    expect(clock.now()).toBeUndefined();
  });
});
