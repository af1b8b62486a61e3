// What axe finds in a page. Asked in the page itself for violations alone: all that passed would be described as well, and
// carried through a second page, which takes eight times as long.
import axe from 'axe-core';
import type { Locator } from 'playwright-core';

export interface Violation {
  readonly impact: axe.ImpactValue | undefined;
  /** The rule, and each element that is against it. */
  readonly words: string;
}

/** What in an element stands against using it with a screen reader or by keyboard; frames in it are not looked into. */
export async function violations(within: Locator): Promise<Violation[]> {
  if (!(await within.evaluate(() => 'axe' in globalThis))) await within.evaluate(axe.source);
  const found = await within.evaluate(async (element) => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
    return (await run(element, { resultTypes: ['violations'], reporter: 'no-passes' })).violations;
  });
  return found.map(({ id, impact, nodes }) => ({
    impact,
    words: `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join('\n')}`,
  }));
}
