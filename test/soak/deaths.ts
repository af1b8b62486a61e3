import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../../src/core/delivery/entry.ts';
import { Accounts, keysOf, type Told } from './accounts.ts';
import { Journal } from './journal.ts';
import type { Person } from './person.ts';
import type { Machine, Running, Stage } from './stage.ts';
import { second } from './units.ts';
import { bundleProgram } from './bundleProgram.ts';
import { VictimProcess } from './victimProcess.ts';

/** Windows that are killed, and computers whose power goes. */
export class Deaths {
  readonly #stage: Stage;
  readonly #person: Person;
  #victimFile: Promise<string> | undefined;

  constructor(stage: Stage, person: Person) {
    this.#stage = stage;
    this.#person = person;
  }

  async kill(running: Running, name = 'window killed'): Promise<void> {
    this.#stage.count(this.#stage.actions, name);
    await this.#stage.reopen(running);
  }

  /** A window that dies in the middle of a send tells nothing: what it sent is to arrive all the same, once. */
  async killWhileSending(running: Running): Promise<void> {
    const profiles = this.#stage.takers(running);
    if (profiles.length === 0) return;
    const isCut = this.#stage.kinds.has('kill') && this.#stage.random.happens(0.6);
    if (isCut) this.#stage.isDiskFaulty = false;
    const text = `Post ${++this.#stage.serial}`;
    const group = this.#stage.some(profiles);
    const over = new Promise<true>((resolve) => {
      const then = () => {
        running.window.life.isOver = true;
        resolve(true);
      };
      running.fuse = { left: this.#stage.random.below(60), then };
    });
    const isOver = (await Promise.race([this.#person.send(running, text, group, 'queue'), over])) === true;
    const keys = group.map(({ id }) => Accounts.key(text, id));
    if (isCut) {
      this.#stage.count(this.#stage.faults, isOver ? 'power cut while sending' : 'power cut');
      await this.#cutPower(running.machine);
      const left = new Set(this.#inOutbox());
      for (const key of keys) {
        if (left.has(key)) this.#stage.accounts.change(key, 'silent', 'waiting');
        else if (this.#stage.accounts.change(key, 'silent', 'silent')) this.#stage.accounts.noteUnrecorded(key);
      }
    } else {
      await this.kill(running, isOver ? 'window killed while sending' : 'window killed');
      const left = new Set(this.#inOutbox());
      for (const key of keys) if (left.has(key)) this.#stage.accounts.change(key, 'silent', 'waiting');
    }
  }

  /** A window in another process is killed, or the power goes, or it is stopped for a while and taken for dead. */
  async killProcess(running: Running): Promise<void> {
    const { machine } = running;
    const profiles = this.#stage.takers(running);
    if (profiles.length === 0) return;
    this.#victimFile ??= bundleProgram(join(import.meta.dirname, 'victim.ts'), this.#stage.folder);
    const file = await this.#victimFile;
    const [journal, clock, leaving] = ['journal', 'clock', 'leaving'].map((name) => join(this.#stage.folder, name)) as [
      string,
      string,
      string,
    ];
    const share = () => writeFileSync(clock, String(this.#stage.world.now - Date.now()));
    const posts = Array.from({ length: 3 }, () => ({ text: `Post ${++this.#stage.serial}`, group: this.#stage.some(profiles) }));
    for (const { text, group } of posts)
      for (const { id } of group) {
        this.#stage.makeRoom(id);
        this.#stage.accounts.send(Accounts.key(text, id));
      }
    this.#stage.isHasty = this.#stage.isDiskFaulty = false;
    share();
    const { url, token, otherToken, graphqlUrl, graphqlToken, otherGraphqlToken, state } = this.#stage.sandbox;
    const service = { url, token, otherToken, graphqlUrl, graphqlToken, otherGraphqlToken, state: { organizations: state.organizations } };
    const made = this.#stage.hearOfFiles();
    let left = this.#stage.random.below(4);
    let isTime = () => {};
    const time = new Promise<void>((resolve) => (isTime = resolve));
    const victim = new VictimProcess(
      file,
      {
        service,
        api: this.#stage.api,
        folder: this.#stage.folder,
        machine: machine.name,
        ahead: machine.computer.wall() - this.#stage.world.now,
        clock,
        journal,
        leaving,
        trash: join(this.#stage.folder, 'trash'),
        posts: posts.map(({ text, group }) => ({ text, profileIds: group.map(({ id }) => id) })),
      },
      (word) => {
        if (word.kind === 'made') made(word.path, word.text);
        else if (word.kind === 'told') {
          const tell = (profileId: string, told: Told) => {
            this.#stage.tell(word.text, `told ${told} of ${profileId.slice(-2)}`);
            this.#stage.accounts.change(Accounts.key(word.text, profileId), 'silent', told);
          };
          for (const { id, profileId } of word.created) {
            this.#stage.mine.add(id);
            tell(profileId, 'done');
          }
          for (const id of word.failed) tell(id, 'notDone');
          for (const id of word.waiting) tell(id, 'waiting');
        } else if (word.kind === 'over' || left-- <= 0) isTime();
      },
    );
    await this.#stage.within(time, 10_000);
    await sleep(this.#stage.random.next() * 30);
    if (this.#stage.kinds.has('clock') && this.#stage.random.happens(0.3)) {
      victim.stop();
      await sleep(5);
      const isLeaving = existsSync(leaving) && readFileSync(leaving, 'utf8') === 'yes';
      this.#stage.count(this.#stage.faults, isLeaving ? 'process stopped for a moment' : 'process stopped');
      const other = this.#stage.running.find((each) => each !== running)!;
      // What is leaving cannot be called back: docs/delivery.md says so.
      for (let minutes = isLeaving ? 0 : this.#stage.random.pick([1, 8, 15]); minutes > 0; minutes -= 0.5) {
        await this.#stage.pass(30 * second);
        await this.#stage.within(
          other.window.run(() => other.window.sender.run()),
          500,
        );
      }
      share();
      victim.goOn();
      await sleep(this.#stage.random.next() * 100);
    }
    await victim.kill();
    this.#stage.isHasty = true;
    const isCut = this.#stage.random.happens(0.6);
    this.#stage.count(this.#stage.faults, isCut ? 'power cut in a process' : 'process killed');
    const kept = Journal.from(journal);
    rmSync(journal, { force: true });
    if (isCut) {
      this.#stage.count(this.#stage.faults, 'unsynced and gone', kept.cut(this.#stage.random.next));
      await this.#cutPower(machine);
    } else kept.settle();
    const there = new Set(this.#inOutbox());
    for (const { text, group } of posts)
      for (const { id } of group) {
        const key = Accounts.key(text, id);
        if (there.has(key)) this.#stage.accounts.change(key, 'silent', 'waiting');
        else if (this.#stage.accounts.change(key, 'silent', 'silent')) this.#stage.accounts.noteUnrecorded(key);
      }
  }

  /** All of its windows end at this moment, and what was not synced is lost. */
  async #cutPower(machine: Machine): Promise<void> {
    const hit = this.#stage.running.filter((each) => each.machine === machine);
    for (const each of hit) each.window.die();
    this.#stage.count(this.#stage.faults, 'unsynced and gone', machine.journal.cut(this.#stage.random.next));
    for (const each of hit) await this.#stage.reopen(each);
  }

  /** What files there are in the outbox, whichever state they are in. */
  #inOutbox(): string[] {
    const folder = join(this.#stage.folder, 'outbox');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    return names.flatMap((name) => {
      try {
        const { content } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { content: Entry };
        return keysOf(content);
      } catch {
        return [];
      }
    });
  }
}
