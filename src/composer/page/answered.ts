import type { ToApp } from '../messages.ts';
import { takeCard } from './cardFilling.ts';
import { type Page, receive } from './page.ts';
import { takeTags } from './tags.ts';

/** The page once the extension said something, also where that is an answer which changes the draft as a person does. */
export function answered(page: Page, message: ToApp): Page {
  switch (message.type) {
    case 'card':
      return takeCard(page, message);
    case 'tags':
      return takeTags(page, message);
    default:
      return receive(page, message);
  }
}
