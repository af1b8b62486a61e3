import * as vscode from 'vscode';
import { longTime, personLocale } from '../core/time/formatTime.ts';
import { timeExamples } from '../core/time/timeExamples.ts';

/** What words for a time mean: an instant in the future and how it reads, or why they do not do. */
export type TimeRead = { readonly at: Date; readonly shown: string } | { readonly problem: string };

/** The zone in which words are read for these profiles: theirs if they share one, else the person's own. */
export function zoneFor(timeZones: readonly string[]): string {
  const [zone, ...others] = new Set(timeZones);
  return zone && others.length === 0 ? zone : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Reads words such as `tomorrow 9:30` for profiles in these zones, and shows the time in each of them. */
export async function readTime(words: string, timeZones: readonly string[]): Promise<TimeRead> {
  const locale = personLocale(vscode.env.language);
  // Loaded when first needed: reading dates takes more code than the rest of the extension together.
  const [{ meaningOf }, { timeLanguages }] = await Promise.all([import('../core/time/parseTime.ts'), import('../core/time/languages.ts')]);
  const zone = zoneFor(timeZones);
  const at = meaningOf(words, zone, new Date(), { locale, languages: await timeLanguages(locale) });
  const [example] = timeExamples(locale);
  if (at === 'several') return { problem: vscode.l10n.t('This is more than one time. Try: {0}', example) };
  if (!at) return { problem: vscode.l10n.t('No time was found in this. Try: {0}', example) };
  if (at.getTime() <= Date.now()) return { problem: vscode.l10n.t('{0} is in the past.', longTime(at, { locale, timeZone: zone })) };
  const zones = [...new Set([zone, ...timeZones])];
  return { at, shown: zones.map((timeZone) => longTime(at, { locale, timeZone })).join('  ·  ') };
}
