import { behaviours } from '../sandbox/behaviours.ts';
import { questions, type Question, type QuestionName } from './questions.ts';

/** What came of a question. */
export type Verdict =
  | { readonly kind: 'asTheSheetSays'; readonly namely?: string; readonly setting?: string }
  | { readonly kind: 'otherwise'; readonly namely: string; readonly setting?: string }
  | { readonly kind: 'notAsked'; readonly why: string };

export interface Row {
  readonly name: QuestionName;
  readonly question: Question;
  readonly verdict: Verdict;
}

/** What is known so far, question by question. The last word on a question stands. */
export class Answers {
  readonly #verdicts = new Map<QuestionName, Verdict>();

  asTheSheetSays(name: QuestionName, namely?: string): void {
    this.#verdicts.set(name, { kind: 'asTheSheetSays', namely });
  }

  otherwise(name: QuestionName, namely: string): void {
    this.#verdicts.set(name, { kind: 'otherwise', namely });
  }

  notAsked(name: QuestionName, why: string): void {
    this.#verdicts.set(name, { kind: 'notAsked', why });
  }

  /** A yes or no, where the sheet says yes. */
  whether(name: QuestionName, isSo: boolean, namely: string): void {
    if (isSo) this.asTheSheetSays(name, namely);
    else this.otherwise(name, namely);
  }

  /** One of the settings of the question's switch: the sheet says the first. */
  setting(name: QuestionName, setting: string, namely: string): void {
    const { behaviour }: Question = questions[name];
    const [measured] = behaviours[behaviour!].settings;
    this.#verdicts.set(name, { kind: setting === measured ? 'asTheSheetSays' : 'otherwise', namely, setting });
  }

  /** The setting that a question found, where it did. */
  settingOf(name: QuestionName): string | undefined {
    const verdict = this.#verdicts.get(name);
    return verdict && 'setting' in verdict ? verdict.setting : undefined;
  }

  has(name: QuestionName): boolean {
    return this.#verdicts.has(name);
  }

  /**
   * Every question of the catalogue.
   * @param why  what kept the others from being asked
   */
  rows(why: string, whyNotOnChannel: string): Row[] {
    return (Object.keys(questions) as QuestionName[]).map((name) => {
      const question: Question = questions[name];
      const unasked = question.never ?? (question.onChannel ? whyNotOnChannel : why);
      return { name, question, verdict: this.#verdicts.get(name) ?? { kind: 'notAsked', why: unasked } };
    });
  }
}
