import type { ToHost } from '../messages.ts';
import type { Page } from './state.ts';

/** What somebody does in the page. */
export interface Act {
  change(change: Partial<Page>): void;
  ask(message: ToHost): void;
}
