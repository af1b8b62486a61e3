import { hasVariant } from '../../../core/drafts/draft.ts';
import type { Page } from '../page.ts';
import { type Obstacle, obstacle } from '../readiness.ts';

/**
 * What stands against sending is told next to what it concerns, once sending was tried. It is found once for each drawing;
 * whatever is drawn then asks for its own by its id, so that no field can be forgotten.
 */
let told: Obstacle | undefined;
let isElsewhere = false;

/** Called before the page is drawn. */
export function findProblem(page: Page): void {
  told = page.isWarned ? obstacle(page) : undefined;
  // The text of another network shows meanwhile.
  const shown = page.network !== undefined && page.draft && hasVariant(page.draft, page.network) ? page.network : undefined;
  isElsewhere = told?.part === 'text' && told.network !== shown;
}

/** What is wrong with the field of this id. */
export function problemOf(id: string): string | undefined {
  return told && !isElsewhere && told.field === id ? told.reason : undefined;
}

/** What is wrong with a part of the page as a whole. */
export function problemOfPart(part: Obstacle['part']): string | undefined {
  return told?.part === part && told.field === undefined ? told.reason : undefined;
}
