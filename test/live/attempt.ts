import type { Answers } from './answers.ts';
import type { QuestionName } from './questions.ts';
import { Stopped } from './service.ts';

/** Asks some questions; where no answer comes of them, or one that cannot be read, the others go on. */
export async function attempt(answers: Answers, names: readonly QuestionName[], ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof Stopped) throw error;
    for (const name of names) if (!answers.has(name)) answers.notAsked(name, `no answer that could be read came (${reasonOf(error)})`);
  }
}

/** What an error says, with what fetch hides behind it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
