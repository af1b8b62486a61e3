// Thousands of random actions of a person with two windows, and faults of every kind, against the local Buffer, on
// computers whose time goes fast. Every few hundred actions all is well for a while, what waits goes out, and the
// service is compared with what the person was told, update by update.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError } from '../../src/core/buffer/bufferError.ts';
import type { ApiName, Profile, ShareTime } from '../../src/core/buffer/model.ts';
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
import type { Settings } from '../sandbox/behaviours.ts';
import { type Fault, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { Accounts, keysOf, type Told } from './accounts.ts';
import { faultNames, type FaultName } from './faultNames.ts';
import { Journal } from './journal.ts';
import { journaledDisk } from './journaledDisk.ts';
import { Random } from './random.ts';
import { Computer, giveTime, World } from './time.ts';
import { buildVictim, VictimProcess } from './victimProcess.ts';
import { openWindow, type Window } from './window.ts';

export interface SoakOptions {
  readonly api: ApiName;
  readonly actions: number;
  readonly seed?: number;
  /** All where left out. */
  readonly faults?: readonly FaultName[];
  /** Hears after each part what was found so far. */
  readonly told?: (report: SoakReport) => void;
}

export interface SoakReport {
  readonly api: ApiName;
  readonly seed: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** What the person was told, by how often. */
  readonly told: Readonly<Record<string, number>>;
  /** Claimed to be at Buffer, or to be on its way there, and is not. */
  readonly lost: readonly string[];
  /** At Buffer more often than it was sent. */
  readonly doubled: readonly string[];
  /** Anything else that is not as it was told. */
  readonly falseClaims: readonly string[];
}

/** Milliseconds. */
const second = 1_000;
const minute = 60 * second;
const day = 1_440 * minute;
/** True time goes on by up to so much, each so many real milliseconds. */
const [mostPassing, tick] = [2 * second, 5];
/** What is due is done so many milliseconds late at most. */
const longestStep = 5 * second;
/** Actions between two accounts. */
const [leastActions, mostActions] = [50, 250];

export async function soak({
  api,
  actions,
  seed = Date.now() % 2 ** 31,
  faults = faultNames,
  told = () => {},
}: SoakOptions): Promise<SoakReport> {
  const takeTime = giveTime();
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'buffer-soak-'));
  // Also where it is broken off: it may be in memory that nobody else gives back.
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', tidy);
  const world = new World();
  const sandbox = await startSandbox({
    now: () => new Date(Math.floor(world.now)),
    rateLimit: Number.POSITIVE_INFINITY,
    graphqlLimits: Number.POSITIVE_INFINITY,
  });
  const run = new Soak(sandbox, world, folder, api, seed, new Set(faults));
  try {
    for (let done = 0; done < actions;) {
      done += await run.part(actions - done);
      told(run.report());
    }
    return run.report();
  } finally {
    run.end();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', tidy);
    takeTime();
  }
}

/** A computer of the person's, with what its disk has not written through yet. */
interface Machine {
  readonly name: string;
  readonly pid: number;
  readonly computer: Computer;
  readonly journal: Journal;
}

/** A window, and when something happens to it. */
interface Running {
  window: Window;
  readonly machine: Machine;
  /** After so many steps at the disk something happens. */
  fuse: { left: number; readonly then: () => void } | undefined;
}

class Soak {
  readonly #sandbox: Sandbox;
  readonly #world: World;
  readonly #folder: string;
  readonly #api: ApiName;
  readonly #seed: number;
  readonly #random: Random;
  readonly #kinds: ReadonlySet<FaultName>;
  readonly #accounts = new Accounts();
  readonly #actions: Record<string, number> = {};
  readonly #faults: Record<string, number> = {};
  readonly #told: Record<string, number> = {};
  readonly #ticking: NodeJS.Timeout;
  /** Time goes as it does for everybody while another process shares it. */
  #isHasty = true;
  #victimFile: Promise<string> | undefined;
  #running: Running[] = [];
  #serial = 0;
  #offline = 0;
  #settings: Partial<Settings> = {};
  /** Whether a day holds only so many posts. */
  #isLimited = false;
  #isDiskFaulty = false;
  #isKeyringFaulty = false;
  /** Ids of updates that the person knows of. */
  #mine = new Set<string>();
  /** By text: what the person was told of an idea. */
  readonly #ideas = new Map<string, Told | 'unclear'>();
  /** By update: what it should be in the end, as far as the person was told. */
  readonly #expected = new Map<string, { text?: Set<string>; isSent?: boolean; isGone?: boolean }>();
  /** Of what somebody else edited or deleted nothing can be said. */
  readonly #elsewhere = new Set<string>();
  /** Files of a newer version, by path. */
  readonly #newer = new Map<string, string>();
  /** When the person was first asked about an entry. */
  readonly #askedAt = new Map<string, number>();
  #claims: string[] = [];
  readonly #started: number;

  constructor(sandbox: Sandbox, world: World, folder: string, api: ApiName, seed: number, kinds: ReadonlySet<FaultName>) {
    this.#sandbox = sandbox;
    this.#world = world;
    this.#started = world.now;
    this.#folder = folder;
    this.#api = api;
    this.#seed = seed;
    this.#kinds = kinds;
    this.#random = new Random(seed);
    const { state } = sandbox;
    const [add, remove] = [state.add.bind(state), state.remove.bind(state)];
    let justMade = '';
    state.add = (profile, draft) => {
      const update = add(profile, draft);
      this.#accounts.make(update.id, draft.text, profile.id);
      this.#tell(draft.text, `made ${update.id.slice(-4)} at ${profile.id.slice(-2)}`);
      justMade = update.id;
      queueMicrotask(() => (justMade = ''));
      return update;
    };
    // What is over a limit is taken back before anybody sees it.
    state.remove = (update) => {
      if (update.id === justMade) this.#accounts.unmake(update.id);
      remove(update);
    };
    const onDay = state.onDay.bind(state);
    state.onDay = (...day) => (this.#isLimited ? onDay(...day) : { scheduled: 0, sent: 0 });
    let last = performance.now();
    this.#ticking = setInterval(() => {
      const passed = performance.now() - last;
      last += passed;
      world.pass(this.#isHasty ? this.#random.next() * mostPassing : passed);
      void sandbox.commitLate(true);
    }, tick);
  }

  /** Some hundred actions, and an account of them. @returns how many */
  async part(most: number): Promise<number> {
    const count = Math.min(most, leastActions + this.#random.below(mostActions - leastActions));
    this.#begin();
    for (let done = 0; done < count; done++) {
      this.#isDiskFaulty = this.#kinds.has('disk') && this.#random.happens(0.05);
      this.#isKeyringFaulty = this.#kinds.has('keyring') && this.#random.happens(0.03);
      if (this.#kinds.has('network')) this.#disturb();
      await this.#disturbMore();
      const [first, second] = this.#random.happens(0.5) ? this.#running : [...this.#running].reverse();
      // Now and then both at once.
      const also = this.#random.happens(0.1) ? this.#post(second!) : undefined;
      await this.#one(first!);
      await also;
      if (this.#random.happens(0.01)) await this.#kill(first!);
      if (this.#random.happens(0.015)) await this.#killWhileSending(second!);
      if (this.#kinds.has('kill') && this.#random.happens(0.006)) await this.#killProcess(first!);
    }
    await this.#settle();
    this.#account();
    return count;
  }

  report(): SoakReport {
    const { lost, doubled, falseClaims } = this.#accounts;
    return {
      api: this.#api,
      seed: this.#seed,
      actions: this.#actions,
      faults: this.#faults,
      told: this.#told,
      lost,
      doubled,
      falseClaims: [...falseClaims, ...this.#claims],
    };
  }

  end(): void {
    clearInterval(this.#ticking);
    for (const { window } of this.#running) window.die();
  }

  // Windows and computers

  #begin(): void {
    this.#settings = this.#kinds.has('twins') && this.#random.happens(0.8) ? { duplicates: 'taken' } : {};
    this.#sandbox.behave(this.#settings);
    this.#isLimited = this.#random.happens(0.2);
    if (this.#kinds.has('skew')) this.#sandbox.skew(Math.round((this.#random.next() - 0.5) * 360 * minute));
    for (const { window } of this.#running) window.die();
    const newMachine = (name: string): Machine => ({
      name,
      // One that is nobody's, so that it is known as gone where it says anything; and this one.
      pid: name === 'one' ? process.pid : 2 ** 22 + 1,
      computer: new Computer(this.#world, this.#kinds.has('clock') ? Math.round((this.#random.next() - 0.5) * day) : 0),
      journal: new Journal(),
    });
    const one = newMachine('one');
    const two = this.#kinds.has('machines') && this.#random.happens(0.5) ? newMachine('two') : one;
    this.#running = [one, two].map((machine) => this.#open(machine));
  }

  #open(machine: Machine): Running {
    const running: Running = { machine, fuse: undefined, window: undefined as unknown as Window };
    const life = { isOver: false };
    const step = async () => {
      const { fuse } = running;
      if (fuse && --fuse.left < 0) {
        running.fuse = undefined;
        fuse.then();
      }
      await machine.computer.awake();
      if (life.isOver) await new Promise(() => {});
    };
    const token = async () => {
      await step();
      if (!this.#isKeyringFaulty) return this.#api === 'v1' ? this.#sandbox.token : this.#sandbox.graphqlToken;
      this.#count(this.#faults, 'keyring');
      throw new Error('The keyring is locked.');
    };
    const { computer, journal, name, pid } = machine;
    const made = this.#hearOfFiles();
    const disk = journaledDisk({ journal, trash: join(this.#folder, 'trash'), step, fault: () => this.#diskFault(), made });
    const parts = { service: this.#sandbox, api: this.#api, folder: this.#folder, disk, computer, life, token };
    running.window = openWindow({ ...parts, process: { machine: name, pid } });
    return running;
  }

  /** What an update was sent as. */
  #textOf(id: string): string {
    return (this.#accounts.originOf(id) ?? '').replace(/ [^ ]*$/u, '');
  }

  /** Tells the story of each entry by its files. */
  #hearOfFiles(): (path: string, json?: string) => void {
    const number = ++this.#opened;
    return (path, json) => {
      const [, id, generation] = /outbox.[\d]+-([\da-f]{4})[\w-]*\.(\d+)\.json$/.exec(path) ?? [];
      if (!id) return;
      if (!json) return this.#tell(this.#texts.get(id) ?? '', `window ${number} removes ${id}.${generation}`);
      const { state, content } = JSON.parse(json) as { state: string; content: Entry };
      this.#texts.set(id, content.text);
      const { from, isOnItsWay, since, lookedAt, reason, profiles } = content;
      const seconds = (time?: Date) => time && Math.round((new Date(time).getTime() - this.#sandbox.state.now() * 1000) / 1000);
      const rest = {
        at: profiles.map((each) => each.id.slice(-2)).join(),
        from,
        isOnItsWay,
        since: seconds(since),
        lookedAt: seconds(lookedAt),
        reason,
      };
      this.#tell(content.text, `window ${number} makes ${id}.${generation} ${state} ${JSON.stringify(rest)}`);
    };
  }

  #opened = 0;
  readonly #texts = new Map<string, string>();

  #tell(text: string, event: string): void {
    this.#accounts.tell(text, `${Math.round((this.#world.now - this.#started) / 1000)} s: ${event}`);
  }

  #diskFault(): 'full' | 'refused' | 'half' | 'answerLost' | undefined {
    if (!this.#isDiskFaulty || this.#random.happens(0.5)) return undefined;
    const fault = this.#random.pick(['full', 'refused', 'half', 'answerLost'] as const);
    this.#count(this.#faults, `disk ${fault}`);
    return fault;
  }

  /** Another window in the place of one. */
  async #reopen(running: Running): Promise<void> {
    running.window.die();
    const index = this.#running.indexOf(running);
    const opened = this.#open(running.machine);
    this.#running[index] = opened;
    await this.#load(opened);
  }

  async #load({ window }: Running): Promise<void> {
    await this.#within(window.run(() => window.store.loadProfiles())).catch(() => undefined);
  }

  async #kill(running: Running, name = 'window killed'): Promise<void> {
    this.#count(this.#actions, name);
    await this.#reopen(running);
  }

  /** A window that dies in the middle of a send tells nothing: what it sent is to arrive all the same, once. */
  async #killWhileSending(running: Running): Promise<void> {
    const profiles = this.#takers(running);
    if (profiles.length === 0) return;
    const isCut = this.#kinds.has('kill') && this.#random.happens(0.6);
    if (isCut) this.#isDiskFaulty = false;
    const text = `Post ${++this.#serial}`;
    const group = this.#some(profiles);
    const over = new Promise<true>((resolve) => {
      const then = () => {
        running.window.life.isOver = true;
        resolve(true);
      };
      running.fuse = { left: this.#random.below(60), then };
    });
    const isOver = (await Promise.race([this.#send(running, text, group, 'queue'), over])) === true;
    const keys = group.map(({ id }) => Accounts.key(text, id));
    if (isCut) {
      this.#count(this.#faults, isOver ? 'power cut while sending' : 'power cut');
      await this.#cutPower(running.machine);
      const left = new Set(this.#inOutbox());
      for (const key of keys) {
        if (left.has(key)) this.#accounts.change(key, 'silent', 'waiting');
        else if (this.#accounts.change(key, 'silent', 'silent')) this.#accounts.noteUnrecorded(key);
      }
    } else {
      await this.#kill(running, isOver ? 'window killed while sending' : 'window killed');
      const left = new Set(this.#inOutbox());
      for (const key of keys) if (left.has(key)) this.#accounts.change(key, 'silent', 'waiting');
    }
  }

  /** A window in another process is killed, or the power goes, or it is stopped for a while and taken for dead. */
  async #killProcess(running: Running): Promise<void> {
    const { machine } = running;
    const profiles = this.#takers(running);
    if (profiles.length === 0) return;
    this.#victimFile ??= buildVictim(this.#folder);
    const file = await this.#victimFile;
    const [journal, clock, leaving] = ['journal', 'clock', 'leaving'].map((name) => join(this.#folder, name)) as [string, string, string];
    const share = () => writeFileSync(clock, String(this.#world.now - Date.now()));
    const posts = Array.from({ length: 3 }, () => ({ text: `Post ${++this.#serial}`, group: this.#some(profiles) }));
    for (const { text, group } of posts)
      for (const { id } of group) {
        this.#makeRoom(id);
        this.#accounts.send(Accounts.key(text, id));
      }
    this.#isHasty = this.#isDiskFaulty = false;
    share();
    const { url, token, otherToken, graphqlUrl, graphqlToken, otherGraphqlToken, state } = this.#sandbox;
    const service = { url, token, otherToken, graphqlUrl, graphqlToken, otherGraphqlToken, state: { organizations: state.organizations } };
    const made = this.#hearOfFiles();
    let left = this.#random.below(4);
    let isTime = () => {};
    const time = new Promise<void>((resolve) => (isTime = resolve));
    const victim = new VictimProcess(
      file,
      {
        service,
        api: this.#api,
        folder: this.#folder,
        machine: machine.name,
        ahead: machine.computer.wall() - this.#world.now,
        clock,
        journal,
        leaving,
        trash: join(this.#folder, 'trash'),
        posts: posts.map(({ text, group }) => ({ text, profileIds: group.map(({ id }) => id) })),
      },
      (word) => {
        if (word.kind === 'made') made(word.path, word.text);
        else if (word.kind === 'told') {
          const tell = (profileId: string, told: Told) => {
            this.#tell(word.text, `told ${told} of ${profileId.slice(-2)}`);
            this.#accounts.change(Accounts.key(word.text, profileId), 'silent', told);
          };
          for (const { id, profileId } of word.created) {
            this.#mine.add(id);
            tell(profileId, 'done');
          }
          for (const id of word.failed) tell(id, 'notDone');
          for (const id of word.waiting) tell(id, 'waiting');
        } else if (word.kind === 'over' || left-- <= 0) isTime();
      },
    );
    await this.#within(time, 10_000);
    await sleep(this.#random.next() * 30);
    if (this.#kinds.has('clock') && this.#random.happens(0.3)) {
      victim.stop();
      await sleep(5);
      const isLeaving = existsSync(leaving) && readFileSync(leaving, 'utf8') === 'yes';
      this.#count(this.#faults, isLeaving ? 'process stopped for a moment' : 'process stopped');
      const other = this.#running.find((each) => each !== running)!;
      // What is leaving cannot be called back: docs/delivery.md says so.
      for (let minutes = isLeaving ? 0 : this.#random.pick([1, 8, 15]); minutes > 0; minutes -= 0.5) {
        await this.#pass(30 * second);
        await this.#within(
          other.window.run(() => other.window.sender.run()),
          500,
        );
      }
      share();
      victim.goOn();
      await sleep(this.#random.next() * 100);
    }
    await victim.kill();
    this.#isHasty = true;
    const isCut = this.#random.happens(0.6);
    this.#count(this.#faults, isCut ? 'power cut in a process' : 'process killed');
    const kept = Journal.from(journal);
    rmSync(journal, { force: true });
    if (isCut) {
      this.#count(this.#faults, 'unsynced and gone', kept.cut(this.#random.next));
      await this.#cutPower(machine);
    } else kept.settle();
    const there = new Set(this.#inOutbox());
    for (const { text, group } of posts)
      for (const { id } of group) {
        const key = Accounts.key(text, id);
        if (there.has(key)) this.#accounts.change(key, 'silent', 'waiting');
        else if (this.#accounts.change(key, 'silent', 'silent')) this.#accounts.noteUnrecorded(key);
      }
  }

  /** All of its windows end at this moment, and what was not synced is lost. */
  async #cutPower(machine: Machine): Promise<void> {
    const hit = this.#running.filter((each) => each.machine === machine);
    for (const each of hit) each.window.die();
    this.#count(this.#faults, 'unsynced and gone', machine.journal.cut(this.#random.next));
    for (const each of hit) await this.#reopen(each);
  }

  /** What files there are in the outbox, whichever state they are in. */
  #inOutbox(): string[] {
    const folder = join(this.#folder, 'outbox');
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

  // The end of a part

  /** All is well again; what waits goes out, and the person decides what is theirs to decide. */
  async #settle(): Promise<void> {
    this.#offline = 0;
    this.#isDiskFaulty = this.#isKeyringFaulty = false;
    this.#sandbox.faults.clear();
    for (const { machine } of this.#running) machine.computer.resume(true);
    const [first] = this.#running;
    for (let tries = 0; tries < 600; tries++) {
      const isOver = await this.#within(
        first!.window.run(() => first!.window.outbox.load()),
        10_000,
      );
      const entries = isOver ?? [];
      if (isOver && tries > 2 && entries.length === 0) return;
      if (tries > 2 && entries.every(({ state }) => state === 'failed' || state === 'undecided')) {
        this.#accounts.checkFailed(entries);
        for (const entry of entries) await this.#decide(first!, entry, true);
      }
      const runs = this.#running.map(({ window }) => window.run(() => window.sender.run()));
      await this.#pass(20 * second);
      await this.#within(Promise.all(runs), 10_000);
    }
    const left = first!.window.outbox.entries.map(({ state, text, reason }) => `${state} ${text}: ${reason}`);
    throw new Error(`The outbox does not get empty: ${left.join('; ')}`);
  }

  #account(): void {
    const { state } = this.#sandbox;
    this.#accounts.check(this.#folder);
    for (const [id, { text, isSent, isGone }] of this.#expected) {
      const update = state.updates.get(id);
      if (this.#elsewhere.has(id)) continue;
      if (isGone === true && update) this.#claims.push(`${id}: said to be deleted`);
      if (isGone === false && !update) this.#claims.push(`${id}: said not to be deleted`);
      if (!update) continue;
      if (text && !text.has(update.text)) this.#claims.push(`${id}: ${update.text} instead of ${[...text].join(' or ')}`);
      if (isSent === true && update.status !== 'sent') this.#claims.push(`${id}: said to be shared`);
      if (isSent === false && update.status === 'sent' && update.dueAt > state.now()) this.#claims.push(`${id}: said not to be shared`);
    }
    for (const [text, told] of this.#ideas) {
      const number = state.library.ideas.filter((idea) => idea.text === text).length;
      if (number > 1) this.#accounts.doubled.push(`${text}: ${number}`);
      if (told === 'done' && number === 0) this.#accounts.lost.push(text);
      if (told === 'notDone' && number > 0) this.#claims.push(`${text}: said not to be there`);
    }
    for (const [path, json] of this.#newer) {
      const now = existsSync(path) ? readFileSync(path, 'utf8') : 'gone';
      if (now !== json) this.#accounts.lost.push(`${path}: a file of a newer version was changed`);
      if ([...state.updates.values()].some(({ text }) => json.includes(`"${text}"`)))
        this.#claims.push(`${path}: a file of a newer version was sent`);
      rmSync(path, { force: true });
    }
    this.#forget();
  }

  /** What is over leaves, as it would in weeks. */
  #forget(): void {
    const { state } = this.#sandbox;
    for (const update of [...state.updates.values()]) {
      if (!this.#accounts.originOf(update.id)) continue;
      // What is out has no place in a queue.
      if (update.status === 'sent') state.updates.delete(update.id);
      else state.remove(update);
    }
    state.library.ideas.splice(0);
    this.#sandbox.resetRequests();
    for (const { window } of this.#running) window.die();
    for (const name of ['settled', 'ended', 'windows']) rmSync(join(this.#folder, 'outbox-ledger', name), { recursive: true, force: true });
    for (const { machine } of this.#running) machine.journal.settle();
    this.#accounts.clear();
    this.#texts.clear();
    for (const each of [this.#mine, this.#ideas, this.#expected, this.#elsewhere, this.#newer, this.#askedAt]) each.clear();
  }

  // What goes wrong

  /** What is no matter of one answer. */
  async #disturbMore(): Promise<void> {
    const { faults, state } = this.#sandbox;
    const random = this.#random;
    const happens = (name: FaultName, chance: number) => {
      if (!this.#kinds.has(name) || !random.happens(chance)) return false;
      this.#count(this.#faults, name);
      return true;
    };
    const creates = this.#api === 'v1' ? { path: 'create' } : { operation: '^CreatePost$' };
    if (happens('late', 0.02)) {
      const answer = random.pick([504, 502, 'drop', 'hang'] as const);
      faults.add({ kind: 'late', by: second + random.below(89 * second), answer, match: creates });
    }
    if (happens('lag', 0.02)) faults.add({ kind: 'lag', by: random.below(20 * second), times: 5 });
    if (this.#api === 'graphql' && happens('partial', 0.03)) {
      this.#settings = { ...this.#settings, failedField: random.pick(['nulledAlone', 'bubbles'] as const) };
      this.#sandbox.behave(this.#settings);
      const code = random.pick(['RATE_LIMIT_EXCEEDED', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR', 'FORBIDDEN']);
      faults.add({ kind: 'partial', at: { [random.pick(['post0', 'post1'])]: { code } }, match: creates });
    }
    // Mostly of what the person does not know of yet.
    const made = [...state.updates.values()].filter(({ text, status }) => /^Post \d+$/.test(text) && status === 'buffer');
    const unknown = made.filter(({ id }) => !this.#mine.has(id));
    if (unknown.length && random.happens(0.2) && happens('elsewhere', 1)) this.#changeElsewhere(random.pick(unknown.slice(-3)).id);
    else if (made.length && happens('elsewhere', 0.01)) this.#changeElsewhere(random.pick(made.slice(-5)).id);
    if ((unknown.length && random.happens(0.02) && happens('newer', 1)) || happens('newer', 0.001)) {
      for (const profile of state.profiles.filter(({ service, disconnected }) => plain.has(service) && !disconnected)) {
        const one = state.add(profile, { text: `Newer ${++this.#serial}`, when: 'now', mayRepeat: true });
        for (let each = 1; each < 120; each++) {
          const [id, text] = [state.newId(), `Newer ${++this.#serial}`];
          state.updates.set(id, { ...one, id, text });
          this.#accounts.make(id, text, profile.id);
        }
      }
    }
    if (happens('version', 0.005)) {
      const text = `Newer version ${++this.#serial}`;
      const path = join(this.#folder, 'outbox', `${String(Date.now()).padStart(15, '0')}-${this.#serial}.1.json`);
      const json = random.happens(0.5) ? JSON.stringify({ version: 99, state: 'waiting', text }) : `{"version":1,"text":"${text}`;
      await mkdir(join(this.#folder, 'outbox'), { recursive: true });
      await writeFile(path, json);
      this.#newer.set(path, json);
    }
    if (happens('account', 0.01)) {
      const { window } = random.pick(this.#running);
      window.signIn(true);
      await sleep(random.next() * 20);
      window.signIn(false);
      await this.#load(this.#running.find((each) => each.window === window)!);
    }
    if (happens('clock', 0.02)) random.pick(this.#running).machine.computer.set((random.next() - 0.5) * random.pick([10, minute, day]));
    if (happens('clock', 0.02)) await this.#sleepWhileSending(random.pick(this.#running));
  }

  /** Somebody else edits or deletes an update. */
  #changeElsewhere(id: string): void {
    const { state } = this.#sandbox;
    const update = state.updates.get(id)!;
    this.#elsewhere.add(id);
    this.#tell(this.#textOf(id), `somebody else changes or deletes ${id.slice(-4)}`);
    if (this.#random.happens(0.5)) state.edit(update, { text: `Elsewhere ${++this.#serial}` });
    else {
      state.remove(update);
      this.#accounts.excuse(id);
    }
  }

  /** A computer falls asleep in the middle of a send, for minutes or hours; others go on, and the service does. */
  async #sleepWhileSending(running: Running): Promise<void> {
    const profiles = this.#takers(running);
    if (profiles.length === 0) return;
    const { computer } = running.machine;
    const asleep = new Promise<void>((resolve) => {
      const then = () => {
        computer.suspend();
        resolve();
      };
      running.fuse = { left: this.#random.below(30), then };
    });
    const sent = this.#send(running, `Post ${++this.#serial}`, this.#some(profiles), 'queue');
    await Promise.race([sent, asleep]);
    running.fuse = undefined;
    if (computer.isAsleep) {
      const minutes = this.#random.pick([1, 5, 30, 600]);
      const awake = this.#running.filter(({ machine }) => machine !== running.machine);
      for (let passed = 0; passed < Math.min(minutes, 30); passed += 0.5) {
        await this.#pass((minutes / Math.min(minutes, 30)) * 30 * second);
        for (const { window } of awake)
          await this.#within(
            window.run(() => window.sender.run()),
            500,
          );
      }
      computer.resume(this.#random.happens(0.5));
    }
    await sent;
  }

  /** Something goes wrong with the next request, or with all for a while. */
  #disturb(): void {
    const { faults } = this.#sandbox;
    const random = this.#random;
    if (this.#offline > 0 && --this.#offline === 0) faults.clear();
    if (this.#offline > 0) return;
    const chance = random.next();
    if (chance < 0.01) {
      this.#offline = 1 + random.below(8);
      this.#count(this.#faults, 'offline for a while');
      faults.add({ kind: 'dropBefore', times: 0 });
    } else if (chance < 0.3) {
      const kinds: Fault[] = [
        { kind: 'dropBefore' },
        { kind: 'dropAfter' },
        { kind: 'status', status: 502 },
        { kind: 'status', status: 503 },
        { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
        { kind: 'statusAfter', status: 502 },
        { kind: 'statusAfter', status: 504 },
        { kind: 'malformed' },
        { kind: 'empty' },
        { kind: 'html' },
        { kind: 'stranger', by: 'missingPage' },
        { kind: 'stranger', by: 'filterPage', isDone: true },
        { kind: 'cutOff' },
        { kind: 'latency', ms: 20 },
      ];
      const fault = random.pick(kinds);
      this.#count(this.#faults, 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind);
      const match = this.#api === 'v1' ? { method: 'POST' } : { operation: '^(CreatePost|EditPost|DeletePost|MoveToTop|CreateIdea)$' };
      faults.add(random.happens(0.7) ? { ...fault, match } : fault);
    }
  }

  // What the person does

  async #one(running: Running): Promise<void> {
    const { store, ideas } = running.window;
    const random = this.#random;
    if (this.#takers(running).length === 0) return void (await this.#attempt(running, 'refresh', () => store.refresh()));
    const mine = [...this.#mine].filter((id) => store.update(id)?.status === 'pending');
    const kind = random.next();
    if (kind < 0.02 && ideas.isOffered) return this.#keepIdea(running);
    if (kind < 0.1) return this.#tidyOutbox(running);
    if (kind < 0.12) return this.#sendDraft();
    if (kind < 0.5 || mine.length === 0) return this.#post(running);
    const id = random.pick(mine);
    const expected = this.#expected.get(id) ?? {};
    if (kind < 0.63) {
      const before = this.#sandbox.state.updates.get(id)?.text ?? '';
      const text = `Edited ${++this.#serial}`;
      const told = await this.#attempt(running, 'edit', () => store.edit(id, { text }), id);
      const others = [...(expected.text ?? []), before];
      const texts = told === 'done' ? [text] : told === 'notDone' ? others : [...others, text];
      this.#expected.set(id, { ...expected, text: new Set(texts) });
    } else if (kind < 0.72) {
      const told = await this.#attempt(running, 'share', () => store.share(id), id);
      this.#expected.set(id, { ...expected, isSent: after(told, expected.isSent, 'isSent' in expected) });
    } else if (kind < 0.81) {
      const told = await this.#attempt(running, 'delete', () => store.destroy(id), id);
      this.#expected.set(id, { ...expected, isGone: after(told, expected.isGone, 'isGone' in expected) });
    } else if (kind < 0.86) await this.#attempt(running, 'to the top', () => store.moveToTop(id));
    else if (kind < 0.91) await this.#attempt(running, 'refresh', () => store.refresh());
    else if (kind < 0.97) await this.#attempt(running, 'read a queue', () => store.refreshList(store.update(id)!.profileId, 'pending'));
    else {
      this.#count(this.#actions, 'wait');
      await this.#pass(random.next() * 5 * minute);
      await sleep(5);
    }
  }

  #takers({ window: { store } }: Running): Profile[] {
    return store.profiles.items.filter(({ isDisconnected, isLocked, service }) => !isDisconnected && !isLocked && plain.has(service));
  }

  #some(profiles: readonly Profile[]): Profile[] {
    const chosen = profiles.filter(() => this.#random.happens(0.3)).slice(0, 3);
    return chosen.length ? chosen : [profiles[0]!];
  }

  async #post(running: Running): Promise<void> {
    const profiles = this.#takers(running);
    if (profiles.length === 0) return;
    this.#count(this.#actions, 'post');
    const isTwin = this.#serial > 0 && this.#settings.duplicates === 'taken' && this.#random.happens(0.15);
    if (isTwin) this.#count(this.#faults, 'twins');
    const text = isTwin && this.#lastText ? this.#lastText : `Post ${++this.#serial}`;
    this.#lastText = text;
    const group = this.#some(profiles);
    const when = this.#random.pick<ShareTime>([
      'queue',
      'next',
      'now',
      { at: new Date(this.#sandbox.state.now() * 1000 + 30 * day + this.#serial * 1000) },
    ]);
    const failed = await this.#send(running, text, group, when);
    // What was told not to be there can be sent again.
    const again = group.filter(({ id }) => failed.has(id));
    if (again.length && this.#settings.duplicates === 'taken' && this.#random.happens(0.4)) {
      this.#count(this.#actions, 'post again');
      await this.#send(this.#random.pick(this.#running), text, again, when);
    }
  }

  #lastText = '';

  /** Sends, and hears what came of it. @returns the profiles that do not have it */
  async #send(running: Running, text: string, profiles: readonly Profile[], when: ShareTime): Promise<ReadonlySet<string>> {
    const { window } = running;
    // A queue that is full would end it: the oldest make room.
    for (const { id } of profiles) this.#makeRoom(id);
    for (const { id } of profiles) this.#accounts.send(Accounts.key(text, id));
    const failures = new Set<string>();
    const tell = (profileId: string, told: Told) => {
      if (!this.#accounts.change(Accounts.key(text, profileId), 'silent', told)) return;
      this.#count(this.#told, `post ${told}`);
      this.#tell(text, `told ${told} of ${profileId.slice(-2)}`);
      if (told === 'notDone') failures.add(profileId);
    };
    let isUnrecorded = false;
    const told = ({ created, failed, waiting }: Delivered) => {
      for (const { id, profileId } of created) {
        this.#mine.add(id);
        tell(profileId, isUnrecorded ? 'unrecorded' : 'done');
      }
      for (const { profile } of failed) tell(profile.id, 'notDone');
      for (const { profile } of waiting) tell(profile.id, 'waiting');
      return Promise.resolve();
    };
    const delivery = { text, profiles, when };
    this.#tell(text, `sent to ${profiles.map(({ id }) => id.slice(-2)).join()}`);
    const isDead = () => window.life.isOver;
    try {
      await this.#within(window.run(() => deliver(window, delivery, told)));
    } catch (error) {
      this.#tell(text, `threw ${String(error)}`);
      if (!(error instanceof NotRecorded)) {
        this.#count(this.#told, `post threw ${error instanceof Error ? error.message : String(error)}`);
      } else if (this.#random.happens(0.3) && !isDead()) {
        this.#count(this.#told, 'post without a record');
        isUnrecorded = true;
        await this.#within(window.run(() => deliver(window, delivery, told, unrecorded([delivery])[0])));
      } else for (const { id } of profiles) tell(id, 'notDone');
    }
    return failures;
  }

  /** A draft with a text for each of two profiles, which both windows send at the same moment: it goes out once. */
  async #sendDraft(): Promise<void> {
    const [one, other] = this.#running;
    const [first, second] = this.#takers(one!).filter(
      ({ service }, index, all) => all.findIndex((each) => each.service === service) === index,
    );
    if (!first || !second) return;
    this.#count(this.#actions, 'draft in both windows');
    const texts = [`Post ${++this.#serial}`, `Post ${++this.#serial}`] as const;
    const profiles = [first, second] as const;
    for (const { id } of profiles) this.#makeRoom(id);
    const draft: Draft = {
      ...emptyDraft(randomUUID(), [first.id, second.id]),
      revision: 1,
      text: texts[0],
      variants: { [second.service]: texts[1] },
    };
    await this.#within(one!.window.run(() => one!.window.drafts.save(draft)));
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
        for (const each of mine) if (!this.#accounts.isOpen(keyOf(each))) this.#accounts.send(keyOf(each));
        const isHeld = letGo;
        letGo = undefined;
        recorded = await recordClaimed(window, mine, isHeld);
      } catch (error) {
        if (error instanceof NotRecorded) for (const each of mine) this.#accounts.change(keyOf(each), 'silent', 'notDone');
        return;
      } finally {
        await letGo?.().catch(() => undefined);
      }
      await deliverAll(
        window,
        mine,
        async ({ created, failed, waiting }, { text }) => {
          for (const { id, profileId } of created) {
            this.#mine.add(id);
            this.#accounts.change(Accounts.key(text, profileId), 'silent', 'done');
          }
          for (const { profile } of failed) this.#accounts.change(Accounts.key(text, profile.id), 'silent', 'notDone');
          for (const { profile } of waiting) this.#accounts.change(Accounts.key(text, profile.id), 'silent', 'waiting');
          await drafts.leave(draft.id, [...created.map(({ profileId }) => profileId), ...waiting.map(({ profile }) => profile.id)], text);
        },
        recorded,
      );
    };
    const both = [one!, other!].map((running) =>
      running.window.run(() => send(running)).catch((error: unknown) => this.#count(this.#told, `draft: ${String(error)}`)),
    );
    await this.#within(Promise.all(both));
  }

  async #keepIdea(running: Running): Promise<void> {
    const text = `Idea ${++this.#serial}`;
    this.#ideas.set(text, await this.#attempt(running, 'idea', () => running.window.ideas.create({ text })));
  }

  /** The person looks at the outbox, and does something with an entry. */
  async #tidyOutbox(running: Running): Promise<void> {
    const { window } = running;
    const entries = await this.#within(window.run(() => window.outbox.load()).catch(() => []));
    if (entries?.length) await this.#decide(running, this.#random.pick(entries), false);
  }

  /** @param mustEnd  whether it is not to be there in the end */
  async #decide(running: Running, entry: Entry, mustEnd: boolean): Promise<void> {
    const { outbox, sender } = running.window;
    const did = async (name: string, work: () => Promise<unknown>) => {
      this.#count(this.#actions, `outbox: ${name}`);
      this.#tell(entry.text, `the person: ${name} (${entry.state})`);
      const answer = await this.#within(running.window.run(work)).catch((error: unknown) => {
        this.#count(this.#told, `outbox: ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`);
        return undefined;
      });
      return answer !== undefined && answer !== false;
    };
    const made = () => new Map(keysOf(entry).map((key) => [key, this.#accounts.timesMade(key)]));
    const dropped = (before: ReadonlyMap<string, number>) => {
      const now = made();
      // Of what was made in this very moment nobody knows whether it was this one, or an equal one.
      for (const key of keysOf(entry)) this.#accounts.change(key, 'waiting', now.get(key) === before.get(key) ? 'dropped' : 'silent');
    };
    if (entry.owner.key !== 'me') return;
    if (entry.state === 'undecided') {
      // The person looks at Buffer when all that may come has come.
      const askedAt = this.#askedAt.get(entry.id) ?? this.#world.now;
      this.#askedAt.set(entry.id, askedAt);
      if (this.#world.now - askedAt < 2 * minute) return;
      const arrived = keysOf(entry).filter((key) => this.#accounts.timesMade(key) > this.#accounts.goneOut(key, outbox.entries));
      const has = entry.profiles.filter(({ id }) => arrived.includes(Accounts.key(entry.text, id))).map(({ id }) => id);
      return void (await did(has.length ? 'it arrived' : 'send again', () => outbox.settle(entry, has)));
    }
    if (entry.state === 'unclear') return void (mustEnd || (await did('look', () => sender.look(entry))));
    if (entry.state === 'sending') return;
    const before = made();
    const choice = this.#random.next();
    if (entry.state === 'failed' && choice < 0.4) await did('retry', () => outbox.retry(entry));
    else if (choice < 0.7) {
      if (!(await did('drop', () => outbox.drop(entry)))) return;
      if (!mustEnd && this.#random.happens(0.4) && (await did('put back', () => outbox.putBack(entry)))) return;
      dropped(before);
    } else if (choice < 0.9) {
      if (await did('remove', () => outbox.remove(entry))) dropped(before);
    } else if (entry.state === 'waiting') await did('change the time', () => outbox.amend(entry, { when: 'next' }));
  }

  /** Takes old updates of the seed away, as time would. */
  #makeRoom(profileId: string): void {
    const { state } = this.#sandbox;
    const profile = state.profiles.find(({ id }) => id === profileId)!;
    const waiting = state.pending(profile);
    if (waiting.length < 8) return;
    for (const update of waiting.filter(({ id }) => !this.#accounts.originOf(id)).slice(0, 4)) state.remove(update);
  }

  async #attempt(running: Running, name: string, action: () => Promise<unknown>, id = ''): Promise<'done' | 'notDone' | 'unclear'> {
    this.#count(this.#actions, name);
    const told = await this.#within(
      running.window.run(action).then(
        () => 'done' as const,
        (error: unknown) => {
          if (!(error instanceof BufferError)) throw error;
          return error.outcome === 'unknown' ? ('unclear' as const) : ('notDone' as const);
        },
      ),
    );
    this.#count(this.#told, `${name} ${told ?? 'unclear'}`);
    this.#tell(this.#textOf(id), `the person: ${name} of ${id.slice(-4)}, ${told ?? 'unclear'}`);
    return told ?? 'unclear';
  }

  /** Lets time go by, in which the service does what is due. */
  async #pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= longestStep) {
      this.#world.pass(Math.min(left, longestStep));
      await this.#sandbox.commitLate(true);
    }
  }

  /** What it gives; undefined where it did not end, as its window died. */
  async #within<Result>(work: Promise<Result>, milliseconds = 30_000): Promise<Result | undefined> {
    const limit = new AbortController();
    try {
      return await Promise.race([work, sleep(milliseconds, undefined, { signal: limit.signal, ref: false }).catch(() => undefined)]);
    } finally {
      limit.abort();
    }
  }

  #count(counts: Record<string, number>, name: string, by = 1): void {
    counts[name] = (counts[name] ?? 0) + by;
  }
}

/** What is claimed after one more try: one that was not done says nothing of those before it. */
function after(told: 'done' | 'notDone' | 'unclear', before: boolean | undefined, wasTried: boolean): boolean | undefined {
  if (told === 'done') return true;
  return told === 'notDone' && (!wasTried || before !== undefined) ? (before ?? false) : undefined;
}

/** Networks that take a text alone. */
const plain = new Set(['twitter', 'bluesky', 'mastodon', 'threads', 'linkedin']);
