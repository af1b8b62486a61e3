import { english } from './english.ts';
import { timeLanguageOf } from './timeExamples.ts';
import type { TimeLanguage } from './timeLanguage.ts';

/** The languages in which a person of this locale may write a time: their own if it is read, and English. */
export async function timeLanguages(locale: string): Promise<readonly TimeLanguage[]> {
  const name = timeLanguageOf(locale);
  if (!name) return [english];
  const { otherLanguages } = await import('./otherLanguages.ts');
  return [otherLanguages[name.slice(0, 2)]!, english];
}
