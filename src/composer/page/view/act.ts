import type { ToHost } from '../../messages.ts';
import type { Page } from '../page.ts';

/** What the parts of the page can do when someone uses them. */
export interface Act {
  /** Replaces the page; changes of the draft are kept and told. */
  change(next: (page: Page) => Page): void;
  post(message: ToHost): void;
  send(): void;
  /** Words for a time, read by the extension after a pause. */
  typeTime(words: string): void;
  /** Shows what changed and moves the focus to it, all at once: the next letter may be on its way. */
  focus(id: string): void;
  /** Tells something to someone who does not see it. */
  say(text: string): void;
}

/** Remembers that the picture of a profile did not load. */
export function markBroken(act: Act, url: string): void {
  act.change((page) => ({ ...page, broken: new Set([...page.broken, url]) }));
}
