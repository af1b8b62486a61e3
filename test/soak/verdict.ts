import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './person.ts';
import type { Stage } from './stage.ts';
import { second } from './units.ts';

/** The end of a part: what waits goes out, and the service is compared with what the person was told. */
export class Verdict {
  readonly #stage: Stage;
  readonly #person: Person;
  claims: string[] = [];

  constructor(stage: Stage, person: Person) {
    this.#stage = stage;
    this.#person = person;
  }

  /** What waits goes out, and the person decides what is theirs to decide. */
  async settle(): Promise<void> {
    const [first] = this.#stage.running;
    let empty = 0;
    for (let tries = 0; tries < 600; tries++) {
      // A computer over a network's drive remembers a folder for up to a minute, and finds nothing under names that are gone:
      // while two windows look for an entry by turns, its name is always another. So the drive is asked anew, just before.
      if (empty > 0) first!.machine.cache?.forget();
      const isOver = await this.#stage.within(
        first!.window.run(() => first!.window.outbox.load()),
        10_000,
      );
      const entries = isOver ?? [];
      empty = isOver && entries.length === 0 ? empty + 1 : 0;
      if (tries > 2 && empty > 2) return;
      if (tries > 2 && entries.every(({ state }) => state === 'failed' || state === 'undecided')) {
        this.#stage.accounts.checkFailed(entries);
        for (const entry of entries) await this.#person.decide(first!, entry, true);
      }
      const runs = this.#stage.running.map(({ window }) => window.run(() => window.sender.run()));
      await this.#stage.pass(20 * second);
      await this.#stage.within(Promise.all(runs), 10_000);
    }
    const left = first!.window.outbox.entries.map(
      ({ state, text, reason, holder }) => `${state} ${text}: ${reason} ${JSON.stringify(holder)}${this.#stage.accounts.storyOf(text)}`,
    );
    throw new Error(`The outbox does not get empty:\n${left.join('\n')}`);
  }

  account(): void {
    const { state } = this.#stage.sandbox;
    this.#stage.accounts.check(this.#stage.folder);
    for (const [id, { text, isSent, isGone }] of this.#stage.expected) {
      const update = state.updates.get(id);
      if (this.#stage.elsewhere.has(id)) continue;
      if (isGone === true && update) this.claims.push(`${id}: said to be deleted`);
      if (isGone === false && !update) this.claims.push(`${id}: said not to be deleted`);
      if (!update) continue;
      if (text && !text.has(update.text)) this.claims.push(`${id}: ${update.text} instead of ${[...text].join(' or ')}`);
      if (isSent === true && update.status !== 'sent') this.claims.push(`${id}: said to be shared`);
      if (isSent === false && update.status === 'sent' && update.dueAt > state.now()) this.claims.push(`${id}: said not to be shared`);
    }
    for (const [text, told] of this.#stage.ideas) {
      const number = state.library.ideas.filter((idea) => idea.text === text).length;
      if (number > 1) this.#stage.accounts.doubled.push(`${text}: ${number}`);
      if (told === 'done' && number === 0) this.#stage.accounts.lost.push(text);
      if (told === 'notDone' && number > 0) this.claims.push(`${text}: said not to be there`);
    }
    for (const [path, json] of this.#stage.newer) {
      const now = existsSync(path) ? readFileSync(path, 'utf8') : 'gone';
      if (now !== json) this.#stage.accounts.lost.push(`${path}: a file of a newer version was changed`);
      if ([...state.updates.values()].some(({ text }) => json.includes(`"${text}"`)))
        this.claims.push(`${path}: a file of a newer version was sent`);
      rmSync(path, { force: true });
    }
    this.#forget();
  }

  /** What is over leaves, as it would in weeks. */
  #forget(): void {
    const { state } = this.#stage.sandbox;
    for (const update of [...state.updates.values()]) {
      if (!this.#stage.accounts.originOf(update.id)) continue;
      // What is out has no place in a queue.
      if (update.status === 'sent') state.updates.delete(update.id);
      else state.remove(update);
    }
    state.library.ideas.splice(0);
    this.#stage.sandbox.resetRequests();
    for (const { window } of this.#stage.running) window.die();
    for (const name of ['settled', 'ended', 'windows'])
      rmSync(join(this.#stage.folder, 'outbox-ledger', name), { recursive: true, force: true });
    for (const { machine } of this.#stage.running) machine.journal.settle();
    this.#stage.accounts.clear();
    this.#stage.texts.clear();
    for (const each of [
      this.#stage.mine,
      this.#stage.ideas,
      this.#stage.expected,
      this.#stage.elsewhere,
      this.#stage.newer,
      this.#stage.askedAt,
    ])
      each.clear();
  }
}
