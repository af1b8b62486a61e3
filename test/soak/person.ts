import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError } from '../../src/core/buffer/bufferError.ts';
import type { Profile, ShareTime } from '../../src/core/buffer/model.ts';
import {
  deliver,
  deliverAll,
  type Delivered,
  NotRecorded,
  recordClaimed,
  type Recorded,
  unrecorded,
} from '../../src/core/delivery/deliver.ts';
import type { Entry } from '../../src/core/delivery/entry.ts';
import { type Draft, emptyDraft } from '../../src/core/drafts/draft.ts';
import { Accounts, keysOf, type Told } from './accounts.ts';
import type { Running, Stage } from './stage.ts';
import { day, minute } from './units.ts';

/** A person with two windows: what they do, and what they were told came of it. */
export class Person {
  readonly #stage: Stage;
  #lastText = '';

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async one(running: Running): Promise<void> {
    const { store, ideas } = running.window;
    const random = this.#stage.random;
    if (this.#stage.takers(running).length === 0) return void (await this.#attempt(running, 'refresh', () => store.refresh()));
    const mine = [...this.#stage.mine].filter((id) => store.update(id)?.status === 'pending');
    const kind = random.next();
    if (kind < 0.02 && ideas.isOffered) return this.#keepIdea(running);
    if (kind < 0.1) return this.#tidyOutbox(running);
    if (kind < 0.12) return this.#sendDraft();
    if (kind < 0.5 || mine.length === 0) return this.post(running);
    const id = random.pick(mine);
    const expected = this.#stage.expected.get(id) ?? {};
    if (kind < 0.63) {
      const before = this.#stage.sandbox.state.updates.get(id)?.text ?? '';
      const text = `Edited ${++this.#stage.serial}`;
      const told = await this.#attempt(running, 'edit', () => store.edit(id, { text }), id);
      const others = [...(expected.text ?? []), before];
      const texts = told === 'done' ? [text] : told === 'notDone' ? others : [...others, text];
      this.#stage.expected.set(id, { ...expected, text: new Set(texts) });
    } else if (kind < 0.72) {
      const told = await this.#attempt(running, 'share', () => store.share(id), id);
      this.#stage.expected.set(id, { ...expected, isSent: after(told, expected.isSent, 'isSent' in expected) });
    } else if (kind < 0.81) {
      const told = await this.#attempt(running, 'delete', () => store.destroy(id), id);
      this.#stage.expected.set(id, { ...expected, isGone: after(told, expected.isGone, 'isGone' in expected) });
    } else if (kind < 0.86) await this.#attempt(running, 'to the top', () => store.moveToTop(id));
    else if (kind < 0.91) await this.#attempt(running, 'refresh', () => store.refresh());
    else if (kind < 0.97) await this.#attempt(running, 'read a queue', () => store.refreshList(store.update(id)!.profileId, 'pending'));
    else {
      this.#stage.count(this.#stage.actions, 'wait');
      await this.#stage.pass(random.next() * 5 * minute);
      await sleep(5);
    }
  }

  async post(running: Running): Promise<void> {
    const profiles = this.#stage.takers(running);
    if (profiles.length === 0) return;
    this.#stage.count(this.#stage.actions, 'post');
    const isTwin = this.#stage.serial > 0 && this.#stage.settings.duplicates === 'taken' && this.#stage.random.happens(0.15);
    if (isTwin) this.#stage.count(this.#stage.faults, 'twins');
    const text = isTwin && this.#lastText ? this.#lastText : `Post ${++this.#stage.serial}`;
    this.#lastText = text;
    const group = this.#stage.some(profiles);
    const when = this.#stage.random.pick<ShareTime>([
      'queue',
      'next',
      'now',
      { at: new Date(this.#stage.sandbox.state.now() * 1000 + 30 * day + this.#stage.serial * 1000) },
    ]);
    const failed = await this.send(running, text, group, when);
    // What was told not to be there can be sent again.
    const again = group.filter(({ id }) => failed.has(id));
    if (again.length && this.#stage.settings.duplicates === 'taken' && this.#stage.random.happens(0.4)) {
      this.#stage.count(this.#stage.actions, 'post again');
      await this.send(this.#stage.random.pick(this.#stage.running), text, again, when);
    }
  }

  /** Sends, and hears what came of it. @returns the profiles that do not have it */
  async send(running: Running, text: string, profiles: readonly Profile[], when: ShareTime): Promise<ReadonlySet<string>> {
    const { window } = running;
    // A queue that is full would end it: the oldest make room.
    for (const { id } of profiles) this.#stage.makeRoom(id);
    for (const { id } of profiles) this.#stage.accounts.send(Accounts.key(text, id));
    const failures = new Set<string>();
    const tell = (profileId: string, told: Told) => {
      if (!this.#stage.accounts.change(Accounts.key(text, profileId), 'silent', told)) return;
      this.#stage.count(this.#stage.told, `post ${told}`);
      this.#stage.tell(text, `told ${told} of ${profileId.slice(-2)}`);
      if (told === 'notDone') failures.add(profileId);
    };
    let isUnrecorded = false;
    const told = ({ created, failed, waiting }: Delivered) => {
      for (const { id, profileId } of created) {
        this.#stage.mine.add(id);
        tell(profileId, isUnrecorded ? 'unrecorded' : 'done');
      }
      for (const { profile } of failed) tell(profile.id, 'notDone');
      for (const { profile } of waiting) tell(profile.id, 'waiting');
      return Promise.resolve();
    };
    const delivery = { text, profiles, when };
    this.#stage.tell(text, `sent to ${profiles.map(({ id }) => id.slice(-2)).join()}`);
    const isDead = () => window.life.isOver;
    try {
      await this.#stage.within(window.run(() => deliver(window, delivery, told)));
    } catch (error) {
      this.#stage.tell(text, `threw ${String(error)}`);
      if (!(error instanceof NotRecorded)) {
        this.#stage.count(this.#stage.told, `post threw ${error instanceof Error ? error.message : String(error)}`);
      } else if (this.#stage.random.happens(0.3) && !isDead()) {
        this.#stage.count(this.#stage.told, 'post without a record');
        isUnrecorded = true;
        await this.#stage.within(window.run(() => deliver(window, delivery, told, unrecorded([delivery])[0])));
      } else for (const { id } of profiles) tell(id, 'notDone');
    }
    return failures;
  }

  /** A draft with a text for each of two profiles, which both windows send at the same moment: it goes out once. */
  async #sendDraft(): Promise<void> {
    const [one, other] = this.#stage.running;
    const [first, second] = this.#stage
      .takers(one!)
      .filter(({ service }, index, all) => all.findIndex((each) => each.service === service) === index);
    if (!first || !second) return;
    this.#stage.count(this.#stage.actions, 'draft in both windows');
    const texts = [`Post ${++this.#stage.serial}`, `Post ${++this.#stage.serial}`] as const;
    const profiles = [first, second] as const;
    for (const { id } of profiles) this.#stage.makeRoom(id);
    const draft: Draft = {
      ...emptyDraft(randomUUID(), [first.id, second.id]),
      revision: 1,
      text: texts[0],
      variants: { [second.service]: texts[1] },
    };
    await this.#stage.within(one!.window.run(() => one!.window.drafts.save(draft)));
    const send = async ({ window }: Running) => {
      const { drafts, outbox, sender } = window;
      if (!(await drafts.open(draft.id))) return;
      let letGo = await (await outbox.files()).claimDraft(draft.id, sender.options.staleAfter, 2 * sender.options.pause);
      if (!letGo) return;
      const deliveries = profiles.map((profile, index) => ({
        text: texts[index]!,
        profiles: [profile],
        when: 'queue' as const,
        draftId: draft.id,
      }));
      const keyOf = ({ text, profiles: [profile] }: (typeof deliveries)[number]) => Accounts.key(text, profile!.id);
      let mine = deliveries;
      let recorded: Recorded[];
      try {
        await outbox.load();
        const left = await drafts.open(draft.id);
        if (!left || outbox.ofDraft(draft.id).length) return;
        mine = deliveries.filter((each) => left.profileIds.includes(each.profiles[0]!.id));
        for (const each of mine) if (!this.#stage.accounts.isOpen(keyOf(each))) this.#stage.accounts.send(keyOf(each));
        const isHeld = letGo;
        letGo = undefined;
        recorded = await recordClaimed(window, mine, isHeld);
      } catch (error) {
        if (error instanceof NotRecorded) for (const each of mine) this.#stage.accounts.change(keyOf(each), 'silent', 'notDone');
        return;
      } finally {
        await letGo?.().catch(() => undefined);
      }
      await deliverAll(
        window,
        mine,
        async ({ created, failed, waiting }, { text }) => {
          for (const { id, profileId } of created) {
            this.#stage.mine.add(id);
            this.#stage.accounts.change(Accounts.key(text, profileId), 'silent', 'done');
          }
          for (const { profile } of failed) this.#stage.accounts.change(Accounts.key(text, profile.id), 'silent', 'notDone');
          for (const { profile } of waiting) this.#stage.accounts.change(Accounts.key(text, profile.id), 'silent', 'waiting');
          await drafts.leave(draft.id, [...created.map(({ profileId }) => profileId), ...waiting.map(({ profile }) => profile.id)], text);
        },
        recorded,
      );
    };
    const both = [one!, other!].map((running) =>
      running.window.run(() => send(running)).catch((error: unknown) => this.#stage.count(this.#stage.told, `draft: ${String(error)}`)),
    );
    await this.#stage.within(Promise.all(both));
  }

  async #keepIdea(running: Running): Promise<void> {
    const text = `Idea ${++this.#stage.serial}`;
    this.#stage.ideas.set(text, await this.#attempt(running, 'idea', () => running.window.ideas.create({ text })));
  }

  /** The person looks at the outbox, and does something with an entry. */
  async #tidyOutbox(running: Running): Promise<void> {
    const { window } = running;
    const entries = await this.#stage.within(window.run(() => window.outbox.load()).catch(() => []));
    if (entries?.length) await this.decide(running, this.#stage.random.pick(entries), false);
  }

  /** @param mustEnd  whether it is not to be there in the end */
  async decide(running: Running, entry: Entry, mustEnd: boolean): Promise<void> {
    const { outbox, sender } = running.window;
    const did = async (name: string, work: () => Promise<unknown>) => {
      this.#stage.count(this.#stage.actions, `outbox: ${name}`);
      this.#stage.tell(entry.text, `the person: ${name} (${entry.state})`);
      const answer = await this.#stage.within(running.window.run(work)).catch((error: unknown) => {
        this.#stage.count(this.#stage.told, `outbox: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`);
        return undefined;
      });
      return answer !== undefined && answer !== false;
    };
    const made = () => new Map(keysOf(entry).map((key) => [key, this.#stage.accounts.timesMade(key)]));
    const dropped = (before: ReadonlyMap<string, number>) => {
      const now = made();
      // Of what was made in this very moment nobody knows whether it was this one, or an equal one.
      for (const key of keysOf(entry)) this.#stage.accounts.change(key, 'waiting', now.get(key) === before.get(key) ? 'dropped' : 'silent');
    };
    if (entry.owner.key !== 'me') return;
    if (entry.state === 'undecided') {
      // The person looks at Buffer when all that may come has come.
      const askedAt = this.#stage.askedAt.get(entry.id) ?? this.#stage.world.now;
      this.#stage.askedAt.set(entry.id, askedAt);
      if (this.#stage.world.now - askedAt < 2 * minute) return;
      const arrived = keysOf(entry).filter(
        (key) => this.#stage.accounts.timesMade(key) > this.#stage.accounts.goneOut(key, outbox.entries),
      );
      const has = entry.profiles.filter(({ id }) => arrived.includes(Accounts.key(entry.text, id))).map(({ id }) => id);
      return void (await did(has.length ? 'it arrived' : 'send again', () => outbox.settle(entry, has)));
    }
    if (entry.state === 'unclear') return void (mustEnd || (await did('look', () => sender.look(entry))));
    if (entry.state === 'sending') return;
    const before = made();
    const choice = this.#stage.random.next();
    if (entry.state === 'failed' && choice < 0.4) await did('retry', () => outbox.retry(entry));
    else if (choice < 0.7) {
      if (!(await did('drop', () => outbox.drop(entry)))) return;
      if (!mustEnd && this.#stage.random.happens(0.4) && (await did('put back', () => outbox.putBack(entry)))) return;
      dropped(before);
    } else if (choice < 0.9) {
      if (await did('remove', () => outbox.remove(entry))) dropped(before);
    } else if (entry.state === 'waiting') await did('change the time', () => outbox.amend(entry, { when: 'next' }));
  }

  async #attempt(running: Running, name: string, action: () => Promise<unknown>, id = ''): Promise<'done' | 'notDone' | 'unclear'> {
    this.#stage.count(this.#stage.actions, name);
    const told = await this.#stage.within(
      running.window.run(action).then(
        () => 'done' as const,
        (error: unknown) => {
          if (!(error instanceof BufferError)) throw error;
          return error.outcome === 'unknown' ? ('unclear' as const) : ('notDone' as const);
        },
      ),
    );
    this.#stage.count(this.#stage.told, `${name} ${told ?? 'unclear'}`);
    this.#stage.tell(this.#stage.textOf(id), `the person: ${name} of ${id.slice(-4)}, ${told ?? 'unclear'}`);
    return told ?? 'unclear';
  }
}

/** What is claimed after one more try: one that was not done says nothing of those before it. */
function after(told: 'done' | 'notDone' | 'unclear', before: boolean | undefined, wasTried: boolean): boolean | undefined {
  if (told === 'done') return true;
  return told === 'notDone' && (!wasTried || before !== undefined) ? (before ?? false) : undefined;
}
