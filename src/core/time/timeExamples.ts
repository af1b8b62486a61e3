type Examples = readonly [day: string, weekday: string, duration: string];

const english: Examples = ['tomorrow 9:30', 'friday 8pm', 'in 2 hours'];

/** What a person can type for a time, in each language in which it is read, by the start of its locales. */
const examples: Readonly<Record<string, Examples>> = {
  de: ['morgen 9:30', 'Freitag 20 Uhr', 'in 2 Stunden'],
  fr: ['demain 9:30', 'vendredi 20h', 'dans 2 heures'],
  es: ['mañana 9:30', 'viernes 20:00', 'en 2 horas'],
  it: ['domani 9:30', 'venerdì 20:00', 'tra 2 ore'],
  pt: ['amanhã 9:30', 'sexta-feira 20:00', 'em 2 horas'],
  ja: ['明日 9:30', '金曜日 20:00', '2時間後'],
  ru: ['завтра 9:30', 'пятница 20:00', 'через 2 часа'],
  'zh-hant': ['明天 9:30', '星期五 20:00', '2小時後'],
  zh: ['明天 9:30', '星期五 20:00', '2小时后'],
};

/** The name under which a locale's way of writing times is kept; undefined where there is English alone. */
export function timeLanguageOf(locale: string): string | undefined {
  if (/^zh-(?:hant|tw|hk|mo)\b/iu.test(locale)) return 'zh-hant';
  const [language] = locale.toLowerCase().split('-');
  return language! in examples ? language : undefined;
}

/** What a person of this locale can type: a day, a day of the week, and how long from now. */
export function timeExamples(locale: string): Examples {
  return examples[timeLanguageOf(locale) ?? ''] ?? english;
}
