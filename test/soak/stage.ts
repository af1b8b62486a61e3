import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiName, Profile } from '../../src/core/buffer/model.ts';
import type { Entry } from '../../src/core/delivery/entry.ts';
import type { Settings } from '../sandbox/behaviours.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { Accounts, type Told } from './accounts.ts';
import type { FaultName } from './faultNames.ts';
import { FolderCache } from './folderCache.ts';
import { Journal } from './journal.ts';
import { journaledDisk } from './journaledDisk.ts';
import { Random } from './random.ts';
import { Computer, type World } from './time.ts';
import { day, minute, second } from './units.ts';
import { openWindow, type Window } from './window.ts';

/** A computer of the person's, with what its disk has not written through yet. */
export interface Machine {
  readonly name: string;
  readonly pid: number;
  readonly computer: Computer;
  readonly journal: Journal;
  /** Where its home is on a drive of the network. */
  readonly cache: FolderCache | undefined;
}

/** A window, and when something happens to it. */
export interface Running {
  window: Window;
  readonly machine: Machine;
  /** After so many steps, at the disk or before a request, or of the latter alone, something happens. */
  fuse: { left: number; readonly isOfRequests?: boolean; readonly then: () => void } | undefined;
}

/** True time goes on by up to so much, each so many real milliseconds. */
const [mostPassing, tick] = [2 * second, 5];
/** What is due is done so many milliseconds late at most. */
const longestStep = 5 * second;

/** Networks that take a text alone. */
export const plain = new Set(['twitter', 'bluesky', 'mastodon', 'threads', 'linkedin']);

/** What a soak plays on: the service, the computers with their windows, and what was told and made so far. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly world: World;
  readonly folder: string;
  readonly api: ApiName;
  readonly seed: number;
  readonly random: Random;
  readonly kinds: ReadonlySet<FaultName>;
  readonly accounts = new Accounts();
  readonly actions: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
  readonly told: Record<string, number> = {};
  readonly #ticking: NodeJS.Timeout;
  /** Time goes as it does for everybody while another process shares it. */
  isHasty = true;
  running: Running[] = [];
  serial = 0;
  settings: Partial<Settings> = {};
  /** Whether a day holds only so many posts. */
  isLimited = false;
  isDiskFaulty = false;
  isKeyringFaulty = false;
  /** Ids of updates that the person knows of. */
  mine = new Set<string>();
  /** By text: what the person was told of an idea. */
  readonly ideas = new Map<string, Told | 'unclear'>();
  /** By update: what it should be in the end, as far as the person was told. */
  readonly expected = new Map<string, { text?: Set<string>; isSent?: boolean; isGone?: boolean }>();
  /** Of what somebody else edited or deleted nothing can be said. */
  readonly elsewhere = new Set<string>();
  /** Files of a newer version, by path. */
  readonly newer = new Map<string, string>();
  /** When the person was first asked about an entry. */
  readonly askedAt = new Map<string, number>();
  readonly #started: number;
  #opened = 0;
  readonly texts = new Map<string, string>();

  constructor(sandbox: Sandbox, world: World, folder: string, api: ApiName, seed: number, kinds: ReadonlySet<FaultName>) {
    this.sandbox = sandbox;
    this.world = world;
    this.#started = world.now;
    this.folder = folder;
    this.api = api;
    this.seed = seed;
    this.kinds = kinds;
    this.random = new Random(seed);
    const { state } = sandbox;
    const [add, remove] = [state.add.bind(state), state.remove.bind(state)];
    let justMade = '';
    state.add = (profile, draft) => {
      const update = add(profile, draft);
      this.accounts.make(update.id, draft.text, profile.id);
      this.tell(draft.text, `made ${update.id.slice(-4)} at ${profile.id.slice(-2)}`);
      justMade = update.id;
      queueMicrotask(() => (justMade = ''));
      return update;
    };
    // What is over a limit is taken back before anybody sees it.
    state.remove = (update) => {
      if (update.id === justMade) this.accounts.unmake(update.id);
      remove(update);
    };
    const onDay = state.onDay.bind(state);
    state.onDay = (...day) => (this.isLimited ? onDay(...day) : { scheduled: 0, sent: 0 });
    let last = performance.now();
    this.#ticking = setInterval(() => {
      const passed = performance.now() - last;
      last += passed;
      world.pass(this.isHasty ? this.random.next() * mostPassing : passed);
      void sandbox.commitLate(true);
    }, tick);
  }

  end(): void {
    clearInterval(this.#ticking);
    for (const { window } of this.running) window.die();
  }

  begin(): void {
    this.settings = this.kinds.has('twins') && this.random.happens(0.8) ? { duplicates: 'taken' } : {};
    this.sandbox.behave(this.settings);
    this.isLimited = this.random.happens(0.2);
    if (this.kinds.has('skew')) this.sandbox.skew(Math.round((this.random.next() - 0.5) * 360 * minute));
    for (const { window } of this.running) window.die();
    const newMachine = (name: string): Machine => ({
      name,
      // One that is nobody's, so that it is known as gone where it says anything; and this one.
      pid: name === 'one' ? process.pid : 2 ** 22 + 1,
      computer: new Computer(this.world, this.kinds.has('clock') ? Math.round((this.random.next() - 0.5) * day) : 0),
      journal: new Journal(),
      cache:
        areTwo && this.kinds.has('caches')
          ? new FolderCache(
              () => this.world.now,
              () => this.random.next() * minute,
            )
          : undefined,
    });
    const areTwo = this.kinds.has('machines') && this.random.happens(0.5);
    const one = newMachine('one');
    const two = areTwo ? newMachine('two') : one;
    this.running = [one, two].map((machine) => this.#open(machine));
  }

  #open(machine: Machine): Running {
    const running: Running = { machine, fuse: undefined, window: undefined as unknown as Window };
    const life = { isOver: false };
    const step = async (isRequest = false) => {
      const { fuse } = running;
      if (fuse && (isRequest || !fuse.isOfRequests) && --fuse.left < 0) {
        running.fuse = undefined;
        fuse.then();
      }
      await machine.computer.awake();
      if (life.isOver) await new Promise(() => {});
    };
    const token = async () => {
      await step(true);
      if (!this.isKeyringFaulty) return this.api === 'v1' ? this.sandbox.token : this.sandbox.graphqlToken;
      this.count(this.faults, 'keyring');
      throw new Error('The keyring is locked.');
    };
    const { computer, journal, cache, name, pid } = machine;
    const made = this.hearOfFiles();
    const disk = journaledDisk({ journal, trash: join(this.folder, 'trash'), step, fault: () => this.#diskFault(), made });
    const seen = cache?.over(disk) ?? disk;
    const parts = { service: this.sandbox, api: this.api, folder: this.folder, disk: seen, computer, life, token };
    running.window = openWindow({ ...parts, process: { machine: name, pid } });
    return running;
  }

  /** What an update was sent as. */
  textOf(id: string): string {
    return (this.accounts.originOf(id) ?? '').replace(/ [^ ]*$/u, '');
  }

  /** Tells the story of each entry by its files. */
  hearOfFiles(): (path: string, json?: string) => void {
    const number = ++this.#opened;
    return (path, json) => {
      const [, id, generation] = /outbox.[\d]+-([\da-f]{4})[\w-]*\.(\d+)\.json$/.exec(path) ?? [];
      if (!id) return;
      if (!json) return this.tell(this.texts.get(id) ?? '', `window ${number} removes ${id}.${generation}`);
      const { state, content } = JSON.parse(json) as { state: string; content: Entry };
      this.texts.set(id, content.text);
      const { from, isOnItsWay, since, lookedAt, reason, profiles } = content;
      const seconds = (time?: Date) => time && Math.round((new Date(time).getTime() - this.sandbox.state.now() * 1000) / 1000);
      const rest = {
        at: profiles.map((each) => each.id.slice(-2)).join(),
        from,
        isOnItsWay,
        since: seconds(since),
        lookedAt: seconds(lookedAt),
        reason,
      };
      this.tell(content.text, `window ${number} makes ${id}.${generation} ${state} ${JSON.stringify(rest)}`);
    };
  }

  tell(text: string, event: string): void {
    this.accounts.tell(text, `${Math.round((this.world.now - this.#started) / 1000)} s: ${event}`);
  }

  #diskFault(): 'full' | 'refused' | 'half' | 'answerLost' | undefined {
    if (!this.isDiskFaulty || this.random.happens(0.5)) return undefined;
    const fault = this.random.pick(['full', 'refused', 'half', 'answerLost'] as const);
    this.count(this.faults, `disk ${fault}`);
    return fault;
  }

  /** Another window in the place of one. */
  async reopen(running: Running): Promise<void> {
    running.window.die();
    const index = this.running.indexOf(running);
    const opened = this.#open(running.machine);
    this.running[index] = opened;
    await this.load(opened);
  }

  async load({ window }: Running): Promise<void> {
    await this.within(window.run(() => window.store.loadProfiles())).catch(() => undefined);
  }

  takers({ window: { store } }: Running): Profile[] {
    return store.profiles.items.filter(({ isDisconnected, isLocked, service }) => !isDisconnected && !isLocked && plain.has(service));
  }

  some(profiles: readonly Profile[]): Profile[] {
    const chosen = profiles.filter(() => this.random.happens(0.3)).slice(0, 3);
    return chosen.length ? chosen : [profiles[0]!];
  }

  /** Takes old updates of the seed away, as time would. */
  makeRoom(profileId: string): void {
    const { state } = this.sandbox;
    const profile = state.profiles.find(({ id }) => id === profileId)!;
    const waiting = state.pending(profile);
    if (waiting.length < 8) return;
    for (const update of waiting.filter(({ id }) => !this.accounts.originOf(id)).slice(0, 4)) state.remove(update);
  }

  /** Lets time go by, in which the service does what is due. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= longestStep) {
      this.world.pass(Math.min(left, longestStep));
      await this.sandbox.commitLate(true);
    }
  }

  /** What it gives; undefined where it did not end, as its window died. */
  async within<Result>(work: Promise<Result>, milliseconds = 30_000): Promise<Result | undefined> {
    const limit = new AbortController();
    try {
      return await Promise.race([work, sleep(milliseconds, undefined, { signal: limit.signal, ref: false }).catch(() => undefined)]);
    } finally {
      limit.abort();
    }
  }

  count(counts: Record<string, number>, name: string, by = 1): void {
    counts[name] = (counts[name] ?? 0) + by;
  }
}
