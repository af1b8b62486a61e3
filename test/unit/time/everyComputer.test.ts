// What words mean and what is shown must not depend on the zone of the computer: one process for each says what it reads.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { longTime, rowTime, shortTime } from '../../../src/core/time/formatTime.ts';
import { timeLanguages } from '../../../src/core/time/languages.ts';
import { meaningOf } from '../../../src/core/time/parseTime.ts';
import { runs } from '../support/runs.ts';
import { seed } from '../support/seed.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

console.log(`words on every computer, seed ${seed}`);

/** Zones that leave out an hour, a midnight, or half an hour, at different times of the year, and none. */
const computers = [
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'Europe/Berlin',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Kiritimati',
];
const profiles = [
  'UTC',
  'America/New_York',
  'America/Santiago',
  'Europe/Berlin',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Honolulu',
];
const locales = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt-BR', 'ja', 'ru', 'zh-CN', 'zh-TW', 'ko', 'tr', 'pl'];

const days = [
  '',
  'today',
  'tomorrow',
  'the day after tomorrow',
  'yesterday',
  'wednesday',
  'next friday',
  'last monday',
  '16 september',
  'march 28',
  '5/6',
  '1.10.2027',
  '2027-03-28',
  'in 1 month',
  'in 3 days',
  'next week',
  'end of month',
];
const clocks = ['', 'at 9', '2:30', '0:00', '8pm', 'noon', 'tonight', 'this morning', '23:59', 'midnight'];
const zones = ['', 'UTC', 'ET', 'GMT+2'];
const others = [
  'in 2 hours',
  'in 90 minutes',
  'in 1 day and 2 hours',
  '3 days after 2027-03-25 2:30',
  'morgen 9:30',
  'Freitag 20 Uhr',
  'demain 18h',
  'mañana 9:30',
  '2小时后',
  '金曜日 20:00',
  'завтра утром',
  '18h',
  'the 5th',
  '31st of next month 2:30',
  'in anderthalb Stunden',
  'hace 2 horas',
  'há 3 dias',
  'dans 1,5 jour',
  '来月5日',
  'fine mese',
  'завтра в восемь',
  '下个月底',
  'venerdì 20-22',
];
const phrases = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...days), fc.constantFrom(...clocks), fc.constantFrom(...zones))
      .map((each) => each.filter(Boolean).join(' ')),
  },
  { weight: 1, arbitrary: fc.constantFrom(...others) },
);
/** Some within the hours in which one of the computers changes its clocks. */
const instants = fc.oneof(
  fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2029-01-01T00:00:00Z'), noInvalidDate: true }),
  fc
    .tuple(
      fc.constantFrom(
        '2027-03-14T07:00Z',
        '2027-03-28T00:00Z',
        '2027-03-27T22:00Z',
        '2027-10-31T01:00Z',
        '2027-10-02T15:30Z',
        '2027-04-29T22:00Z',
      ),
      fc.integer({ min: -1500, max: 1500 }),
    )
    .map(([at, minutes]) => new Date(Date.parse(at) + minutes * 60_000)),
);
const questions = fc.record({
  words: phrases,
  zone: fc.constantFrom(...profiles),
  now: instants.map((at) => at.toISOString()),
  locale: fc.constantFrom(...locales),
});

const program = `
import { meaningOf } from './parseTime.ts';
import { timeLanguages } from './languages.ts';
let typed = '';
for await (const part of process.stdin) typed += part;
const told = [];
for (const { words, zone, now, locale } of JSON.parse(typed))
  told.push(String(meaningOf(words, zone, new Date(now), { locale, languages: await timeLanguages(locale) })?.valueOf()));
console.log(JSON.stringify(told));
`;

test('words mean the same on every computer', async () => {
  const outfile = join(await temporaryFolder(), 'read.mjs');
  const resolveDir = join(import.meta.dirname, '../../../src/core/time');
  await build({
    stdin: { contents: program, resolveDir, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  const asked = fc.sample(questions, { seed, numRuns: runs(300) });
  const told = computers.map((TZ) => {
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], {
      input: JSON.stringify(asked),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as string[];
  });
  const differing = asked.flatMap((question, index) => {
    const answers = told.map((each) => each[index]);
    return new Set(answers).size > 1 ? [{ ...question, ...Object.fromEntries(computers.map((TZ, at) => [TZ, answers[at]])) }] : [];
  });
  expect(differing).toEqual([]);
  // Most of them are understood, or nothing was shown by that.
  expect(told[0]!.filter((each) => /^\d+$/u.test(each)).length).toBeGreaterThan(asked.length / 2);
});

test('what is shown, typed in again, is the same instant', async () => {
  const languages = Object.fromEntries(await Promise.all(locales.map(async (locale) => [locale, await timeLanguages(locale)] as const)));
  fc.assert(
    fc.property(instants, fc.constantFrom(...profiles), fc.constantFrom(...locales), (instant, zone, locale) => {
      const at = new Date(instant.getTime() - (instant.getTime() % 60_000));
      const shown = longTime(at, { locale, timeZone: zone });
      // Any moment at which it is typed.
      for (const now of [new Date('2020-02-29T12:00:00Z'), at])
        expect(String(meaningOf(shown, zone, now, { locale, languages: languages[locale]! })?.valueOf()), `${locale}: ${shown}`).toBe(
          String(at.getTime()),
        );
    }),
    { seed, numRuns: runs(600) },
  );
});

test('what is shown in short, typed in again, is the same instant', async () => {
  const read = [
    'en-US',
    'en-GB',
    'en-CA',
    'de',
    'de-AT',
    'fr',
    'fr-CA',
    'es',
    'es-MX',
    'es-CO',
    'it',
    'pt-BR',
    'pt-PT',
    'ru',
    'ja',
    'zh-CN',
    'zh-TW',
  ];
  const languages = Object.fromEntries(await Promise.all(read.map(async (locale) => [locale, await timeLanguages(locale)] as const)));
  const minutes = fc.integer({ min: 1, max: 500 * 24 * 60 });
  fc.assert(
    fc.property(instants, minutes, fc.constantFrom(...read), (instant, later, locale) => {
      const now = new Date(instant.getTime() - (instant.getTime() % 60_000));
      const at = new Date(now.getTime() + later * 60_000);
      for (const form of [shortTime, rowTime]) {
        // The zone is named where it is not the computer's.
        const shown = form(at, { locale, timeZone: 'UTC', now }).replace(/ ?\[?(?:UTC|GMT)\]?/u, '');
        expect(String(meaningOf(shown, 'UTC', now, { locale, languages: languages[locale]! })?.valueOf()), `${locale}: ${shown}`).toBe(
          String(at.getTime()),
        );
      }
    }),
    { seed, numRuns: runs(600) },
  );
});
