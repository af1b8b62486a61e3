import type { Announcer } from '../../page/announcer.ts';
import type { ToHost } from '../messages.ts';
import type { Kept, State, View } from './state.ts';

/** What the parts of the page can do. */
export interface Act {
  state(): State;
  change(next: (state: State) => State): void;
  /** Changes what is kept, and looks at another range where it is one. */
  keep(change: Partial<Kept>): void;
  post(message: ToHost): void;
  /** Shows another view of a day. */
  show(view: View, date: string): void;
  /** Gives an update another time. */
  move(id: string, at: number): void;
  /** The keyboard goes to an item, once it is drawn. */
  focus(key: string): void;
  readonly say: Announcer['say'];
}
