// Thousands of random actions of a person with two windows, and faults of every kind, against the local Buffer. In the
// end the service is compared with what the person was told, update by update.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BufferError } from '../../src/core/buffer/bufferError.ts';
import type { ApiName, Profile, ShareTime } from '../../src/core/buffer/model.ts';
import { type Delivered, deliver, NotRecorded } from '../../src/core/delivery/deliver.ts';
import { Outbox } from '../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../src/core/delivery/outboxSender.ts';
import { IdeaStore } from '../../src/core/ideas/ideaStore.ts';
import { QueueStore } from '../../src/core/queue/queueStore.ts';
import { newMemory } from '../harness/memory.ts';
import { clientOf } from '../sandbox/client.ts';
import { type Fault, type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { faultNames, type FaultName } from './faultNames.ts';
import { faultyDisk } from './faultyDisk.ts';
import { mortal } from './mortal.ts';

export interface SoakOptions {
  readonly api: ApiName;
  readonly actions: number;
  readonly seed?: number;
  /** All where left out. */
  readonly faults?: readonly FaultName[];
}

export interface SoakReport {
  readonly api: ApiName;
  readonly seed: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** What the person was told, by how often. */
  readonly told: Readonly<Record<string, number>>;
  /** Claimed to be at Buffer, and is not. */
  readonly lost: readonly string[];
  /** At Buffer more than once. */
  readonly doubled: readonly string[];
  /** Anything else that is not as it was told. */
  readonly falseClaims: readonly string[];
}

type Told = 'done' | 'notDone' | 'unclear' | 'waiting';

/** One window: stores and a sender of its own, and the outbox that all share. */
interface Window {
  readonly store: QueueStore;
  readonly ideas: IdeaStore;
  readonly outbox: Outbox;
  readonly sender: OutboxSender;
  /** Somebody else is signed in for a while. */
  switchAway(milliseconds: number): Promise<void>;
  /** From here on nothing of it goes on, as when its process is killed. */
  die(): void;
}

const owner = { key: 'me', label: 'Me' };
const other = { key: 'other', label: 'Other' };
const staleAfter = 400;
/** So many times faster goes the service's time where something of minutes is to happen. */
const haste = 200;

export async function soak({ api, actions: count, seed = Date.now() % 2 ** 31, faults = faultNames }: SoakOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-soak-'));
  const isHasty = faults.includes('late') || faults.includes('lag');
  const started = Date.now();
  const now = () => new Date(isHasty ? started + (Date.now() - started) * haste : Date.now());
  const sandbox = await startSandbox({ now, rateLimit: Number.POSITIVE_INFINITY, graphqlLimits: Number.POSITIVE_INFINITY });
  const run = new Soak(sandbox, folder, api, seed, new Set(faults));
  try {
    await run.act(count);
    await run.settle();
    return await run.report();
  } finally {
    run.end();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Soak {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #api: ApiName;
  readonly #seed: number;
  readonly #random: () => number;
  #windows: Window[];
  #serial = 0;
  #offline = 0;
  readonly #actions: Record<string, number> = {};
  readonly #faults: Record<string, number> = {};
  readonly #told: Record<string, number> = {};
  /** By text and profile: what the person was told last of the create. */
  readonly #posts = new Map<string, { text: string; profileId: string; told: Told }>();
  /** By text: what the person was told of an idea. */
  readonly #ideas = new Map<string, Told>();
  /** By update: what it should be in the end, as far as the person was told. */
  readonly #expected = new Map<string, { text?: Set<string>; isSent?: boolean; isGone?: boolean }>();

  readonly #kinds: ReadonlySet<FaultName>;
  /** Until when by its own number of actions the disk, or the keyring, misbehaves. */
  #isDiskFaulty = false;
  #isKeyringFaulty = false;
  /** Files of a newer version, by path. */
  readonly #newer = new Map<string, string>();

  constructor(sandbox: Sandbox, folder: string, api: ApiName, seed: number, kinds: ReadonlySet<FaultName>) {
    this.#kinds = kinds;
    this.#sandbox = sandbox;
    this.#folder = folder;
    this.#api = api;
    this.#seed = seed;
    this.#random = mulberry32(seed);
    if (kinds.has('skew')) sandbox.skew(Math.round((this.#random() - 0.5) * 6 * 3_600_000));
    this.#windows = [this.#open(), this.#open()];
  }

  async act(count: number): Promise<void> {
    for (const { store } of this.#windows) await store.loadProfiles().catch(() => undefined);
    for (let done = 0; done < count; done++) {
      this.#isDiskFaulty = this.#kinds.has('disk') && this.#random() < 0.05;
      this.#isKeyringFaulty = this.#kinds.has('keyring') && this.#random() < 0.03;
      if (this.#kinds.has('network')) this.#disturb();
      await this.#disturbMore();
      await this.#one(this.#pick(this.#windows));
      if (this.#random() < 0.01) await this.#kill();
      if (this.#random() < 0.01) await this.#killWhileSending();
    }
  }

  /** The network is well again; what waits goes out. */
  async settle(): Promise<void> {
    this.#offline = 0;
    this.#isDiskFaulty = this.#isKeyringFaulty = false;
    this.#sandbox.faults.clear();
    await this.#sandbox.commitLate();
    const [window] = this.#windows;
    for (let tries = 0; tries < 400; tries++) {
      await Promise.all(this.#windows.map(({ sender }) => sender.run()));
      const left = (await window!.outbox.load()).filter(({ state }) => state !== 'failed' && state !== 'undecided');
      if (left.length === 0) return;
      await sleep(staleAfter / 4);
    }
    throw new Error('The outbox does not get empty.');
  }

  async report(): Promise<SoakReport> {
    const { state } = this.#sandbox;
    const lost: string[] = [];
    const doubled: string[] = [];
    const falseClaims: string[] = [];
    const { entries } = this.#windows[0]!.outbox;
    const inOutbox = (wanted: 'failed' | 'undecided') =>
      entries.filter(({ state }) => state === wanted).flatMap(({ text, profiles }) => profiles.map(({ id }) => `${text} ${id}`));
    const [failedInOutbox, asked] = [new Set(inOutbox('failed')), new Set(inOutbox('undecided'))];
    const all = [...state.updates.values()];
    const removed = new Set([...this.#expected].filter(([, { isGone }]) => isGone).map(([id]) => id));
    for (const [key, { text, profileId, told }] of this.#posts) {
      const present = all.filter((each) => each.profileId === profileId && (each.text === text || this.#editsOf(text).has(each.text)));
      const wasRemoved = [...removed].some((id) => this.#origin.get(id) === key);
      const number = present.length + Number(wasRemoved);
      // It can only be there too often.
      if (this.#elsewhere.has(key)) {
        if (number > 1) doubled.push(`${key}: ${number}, changed elsewhere`);
        continue;
      }
      if (number > 1) doubled.push(`${key}: ${number}`);
      if (told === 'done' && number === 0) lost.push(key);
      if (told === 'waiting' && number === 0 && !failedInOutbox.has(key) && !asked.has(key)) lost.push(`${key} (waited)`);
      if (number > 0 && failedInOutbox.has(key)) falseClaims.push(`${key}: waits in the outbox as not sent`);
      if (told === 'notDone' && number > 0) falseClaims.push(`${key}: said not to be there`);
    }
    for (const [id, { text, isSent, isGone }] of this.#expected) {
      const update = state.updates.get(id);
      if (this.#elsewhere.has(this.#origin.get(id) ?? '')) continue;
      if (isGone === true && update) falseClaims.push(`${id}: said to be deleted`);
      if (isGone === false && !update) falseClaims.push(`${id}: said not to be deleted`);
      if (!update) continue;
      if (text && !text.has(update.text)) falseClaims.push(`${id}: ${update.text} instead of ${[...text].join(' or ')}`);
      if (isSent === true && update.status !== 'sent') falseClaims.push(`${id}: said to be shared`);
      if (isSent === false && update.status === 'sent' && update.dueAt > state.now()) falseClaims.push(`${id}: said not to be shared`);
    }
    for (const [text, told] of this.#ideas) {
      const number = state.library.ideas.filter((idea) => idea.text === text).length;
      if (number > 1) doubled.push(`${text}: ${number}`);
      if (told === 'done' && number === 0) lost.push(text);
      if (told === 'notDone' && number > 0) falseClaims.push(`${text}: said not to be there`);
    }
    for (const [path, json] of this.#newer) {
      const now = await readFile(path, 'utf8').catch(() => 'gone');
      if (now !== json) lost.push(`${path}: a file of a newer version was changed`);
      if (all.some(({ text }) => json.includes(`"${text}`))) falseClaims.push(`${path}: a file of a newer version was sent`);
    }
    return { api: this.#api, seed: this.#seed, actions: this.#actions, faults: this.#faults, told: this.#told, lost, doubled, falseClaims };
  }

  end(): void {
    for (const window of this.#windows) window.die();
  }

  readonly #origin = new Map<string, string>();
  readonly #edits = new Map<string, Set<string>>();

  #editsOf(text: string): Set<string> {
    return this.#edits.get(text) ?? new Set();
  }

  #open(): Window {
    const life = { isOver: false };
    // Windows act within milliseconds of each other here, so none may take what it read a moment ago for what is.
    const store = new QueueStore(() => 20, newMemory(), { freshness: 0 });
    const mine = this.#api === 'v1' ? this.#sandbox.token : this.#sandbox.graphqlToken;
    const token = async () => {
      if (!this.#isKeyringFaulty) return mine;
      this.#count(this.#faults, 'keyring');
      throw new Error('The keyring is locked.');
    };
    const connect = () => mortal(clientOf(this.#sandbox, this.#api, { token, timeout: 5_000, pause: 5 }), life);
    const client = connect();
    store.connect(client, undefined, owner.key);
    const ideas = new IdeaStore({ lookAfter: 5 });
    ideas.connect(client);
    const outbox = new Outbox(join(this.#folder, 'outbox'), { disk: faultyDisk(() => this.#diskFault()) });
    const sender = new OutboxSender({
      store,
      outbox,
      staleAfter,
      settleAfter: this.#isHasty ? 120_000 : 0,
      pause: 10,
      longestPause: 80,
      lookAfter: 5,
    });
    store.onDidAnswer(() => sender.heardFrom());
    sender.onDidSend((updates, { text }) => {
      for (const { id, profileId } of updates) this.#origin.set(id, `${text} ${profileId}`);
    });
    sender.connect(owner);
    const switchAway = async (milliseconds: number) => {
      const theirs = this.#api === 'v1' ? this.#sandbox.otherToken : this.#sandbox.otherGraphqlToken;
      store.connect(
        mortal(clientOf(this.#sandbox, this.#api, { token: () => Promise.resolve(theirs), pause: 5 }), life),
        undefined,
        other.key,
      );
      sender.connect(other);
      await sleep(milliseconds);
      const back = connect();
      store.connect(back, undefined, owner.key);
      ideas.connect(back);
      sender.connect(owner);
      await store.loadProfiles().catch(() => undefined);
    };
    return { store, ideas, outbox, sender, switchAway, die: () => ((life.isOver = true), sender.dispose()) };
  }

  /** A window that dies in the middle of a send tells nothing: what it sent is to arrive all the same, once. */
  async #killWhileSending(): Promise<void> {
    const index = this.#random() < 0.5 ? 0 : 1;
    const window = this.#windows[index]!;
    const profiles = this.#takers(window);
    if (profiles.length === 0) return;
    const text = `Post ${++this.#serial}`;
    const profile = this.#pick(profiles);
    this.#makeRoom(profile.id);
    const told = this.#deliver(window, text, [profile], 'queue');
    await Promise.race([told, sleep(this.#random() * 20)]);
    await this.#kill(index, 'window killed while sending');
    // It may have known what came of it.
    const delivered = await Promise.race([told, sleep(50)]);
    this.#hear(text, delivered ?? { created: [], failed: [], waiting: [{ profile }] });
  }

  async #kill(index = this.#random() < 0.5 ? 0 : 1, name = 'window killed'): Promise<void> {
    this.#count(this.#actions, name);
    this.#windows[index]!.die();
    this.#windows[index] = this.#open();
    await this.#windows[index].store.loadProfiles().catch(() => undefined);
  }

  get #isHasty(): boolean {
    return this.#kinds.has('late') || this.#kinds.has('lag');
  }

  #diskFault(): 'full' | 'refused' | 'half' | undefined {
    if (!this.#isDiskFaulty || this.#random() < 0.5) return undefined;
    const fault = this.#pick(['full', 'refused', 'half'] as const);
    this.#count(this.#faults, `disk ${fault}`);
    return fault;
  }

  /** What is no matter of one answer. */
  async #disturbMore(): Promise<void> {
    const { faults, state } = this.#sandbox;
    const happens = (name: FaultName, chance: number) => {
      if (!this.#kinds.has(name) || this.#random() >= chance) return false;
      this.#count(this.#faults, name);
      return true;
    };
    const creates = this.#api === 'v1' ? { path: 'create' } : { operation: '^CreatePost$' };
    const second = 1_000;
    if (happens('late', 0.02)) {
      const answer = this.#pick([504, 502, 'drop'] as const);
      faults.add({ kind: 'late', by: second + Math.floor(this.#random() * 89 * second), answer, match: creates });
    }
    if (happens('lag', 0.02)) faults.add({ kind: 'lag', by: Math.floor(this.#random() * 20 * second), times: 5 });
    if (this.#api === 'graphql' && happens('partial', 0.03)) {
      this.#sandbox.behave({ failedField: this.#pick(['nulledAlone', 'bubbles'] as const) });
      const code = this.#pick(['RATE_LIMIT_EXCEEDED', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR', 'FORBIDDEN']);
      faults.add({ kind: 'partial', at: { [this.#pick(['post0', 'post1'])]: { code } }, match: creates });
    }
    const made = [...state.updates.values()].filter(({ text, status }) => /^Post \d+$/.test(text) && status === 'buffer');
    if (made.length && happens('elsewhere', 0.02)) {
      const update = this.#pick(made.slice(-5));
      this.#elsewhere.add(`${update.text} ${update.profileId}`);
      if (this.#random() < 0.5) state.remove(update);
      else state.edit(update, { text: `Elsewhere ${++this.#serial}` });
    }
    if (happens('newer', 0.002)) {
      for (const profile of state.profiles.filter(({ service, disconnected }) => plain.has(service) && !disconnected))
        for (let each = 0; each < 120; each++) state.add(profile, { text: `Newer ${++this.#serial}`, when: 'now', mayRepeat: true });
    }
    if (happens('version', 0.005)) {
      const text = `Newer version ${++this.#serial}`;
      const path = join(this.#folder, 'outbox', `${String(Date.now()).padStart(15, '0')}-${this.#serial}.1.json`);
      const json = this.#random() < 0.5 ? JSON.stringify({ version: 99, state: 'waiting', text, owner }) : `{"version":1,"text":"${text}`;
      await mkdir(join(this.#folder, 'outbox'), { recursive: true });
      await writeFile(path, json);
      this.#newer.set(path, json);
    }
    if (happens('account', 0.01)) {
      const [window] = this.#windows.slice(this.#random() < 0.5 ? 0 : 1);
      await window!.switchAway(this.#random() * 20);
    }
  }

  /** Of what somebody else edited or deleted nothing can be said. */
  readonly #elsewhere = new Set<string>();

  /** Something goes wrong with the next request, or with all for a while. */
  #disturb(): void {
    const { faults } = this.#sandbox;
    if (this.#offline > 0 && --this.#offline === 0) faults.clear();
    if (this.#offline > 0) return;
    const chance = this.#random();
    if (chance < 0.02) {
      this.#offline = 1 + Math.floor(this.#random() * 8);
      this.#count(this.#faults, 'offline for a while');
      faults.add({ kind: 'dropBefore', times: 0 });
    } else if (chance < 0.35) {
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
      const fault = this.#pick(kinds);
      this.#count(this.#faults, 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind);
      const isForWrites = this.#random() < 0.7;
      faults.add(
        isForWrites
          ? {
              ...fault,
              match: this.#api === 'v1' ? { method: 'POST' } : { operation: '^(CreatePost|EditPost|DeletePost|MoveToTop|CreateIdea)$' },
            }
          : fault,
      );
    }
  }

  async #one(window: Window): Promise<void> {
    const { store } = window;
    const profiles = this.#takers(window);
    const mine = [...this.#origin.keys()].filter((id) => store.update(id)?.status === 'pending');
    const kind = this.#random();
    if (profiles.length === 0) {
      await this.#attempt('refresh', () => store.refresh());
      return;
    }
    if (kind < 0.02 && window.ideas.isOffered) return this.#keepIdea(window);
    if (kind < 0.45 || mine.length === 0) return this.#post(window, profiles);
    const id = this.#pick(mine);
    const expected = this.#expected.get(id) ?? {};
    if (kind < 0.6) {
      const before = this.#sandbox.state.updates.get(id)?.text ?? '';
      const text = `Edited ${++this.#serial}`;
      const origin = this.#origin.get(id)!;
      const original = origin.slice(0, origin.lastIndexOf(' '));
      this.#edits.set(original, this.#editsOf(original).add(text));
      const told = await this.#attempt('edit', () => store.edit(id, { text }));
      this.#expected.set(id, {
        ...expected,
        text:
          told === 'done'
            ? new Set([text])
            : told === 'notDone'
              ? new Set([...(expected.text ?? []), before])
              : new Set([...(expected.text ?? []), text, before]),
      });
    } else if (kind < 0.7) {
      const told = await this.#attempt('share', () => store.share(id));
      this.#expected.set(id, { ...expected, isSent: after(told, expected.isSent, 'isSent' in expected) });
    } else if (kind < 0.8) {
      const told = await this.#attempt('delete', () => store.destroy(id));
      this.#expected.set(id, { ...expected, isGone: after(told, expected.isGone, 'isGone' in expected) });
      // Not told either way: nothing more is claimed about it.
      if (told === 'unclear') this.#posts.delete(this.#origin.get(id)!);
    } else if (kind < 0.85) {
      await this.#attempt('to the top', () => store.moveToTop(id));
    } else if (kind < 0.9) {
      await this.#attempt('refresh', () => store.refresh());
    } else if (kind < 0.97) {
      await this.#attempt('read a queue', () => store.refreshList(store.update(id)!.profileId, 'pending'));
    } else {
      this.#count(this.#actions, 'wait');
      await sleep(15);
    }
  }

  #takers({ store }: Window): Profile[] {
    return store.profiles.items.filter(({ isDisconnected, isLocked, service }) => !isDisconnected && !isLocked && plain.has(service));
  }

  async #post(window: Window, profiles: readonly Profile[]): Promise<void> {
    this.#count(this.#actions, 'post');
    const text = `Post ${++this.#serial}`;
    const chosen = profiles.filter(() => this.#random() < 0.3).slice(0, 3);
    const group = chosen.length ? chosen : [profiles[0]!];
    const when: ShareTime = this.#pick<ShareTime>([
      'queue',
      'next',
      'now',
      { at: new Date(this.#sandbox.state.now() * 1000 + 30 * 86_400_000 + this.#serial * 1000) },
    ]);
    // A queue that is full would end it: the oldest make room.
    for (const { id } of group) this.#makeRoom(id);
    this.#hear(text, await this.#deliver(window, text, group, when));
  }

  /** What the person is told; where it could not be recorded, that nothing was sent. */
  async #deliver(window: Window, text: string, profiles: readonly Profile[], when: ShareTime): Promise<Omit<Delivered, 'unclear'>> {
    try {
      return await deliver(window, { text, profiles, when });
    } catch (error) {
      if (!(error instanceof NotRecorded)) throw error;
      return { created: [], failed: profiles.map((profile) => ({ profile })), waiting: [] };
    }
  }

  async #keepIdea({ ideas }: Window): Promise<void> {
    const text = `Idea ${++this.#serial}`;
    this.#ideas.set(text, await this.#attempt('idea', () => ideas.create({ text })));
  }

  /** Notes what the person was told of a post. */
  #hear(text: string, { created, failed, waiting }: Omit<Delivered, 'unclear'>): void {
    const tell = (profileId: string, told: Told) => {
      this.#posts.set(`${text} ${profileId}`, { text, profileId, told });
      this.#count(this.#told, `post ${told}`);
    };
    for (const { id, profileId } of created) {
      this.#origin.set(id, `${text} ${profileId}`);
      tell(profileId, 'done');
    }
    for (const { profile } of failed) tell(profile.id, 'notDone');
    for (const { profile } of waiting) tell(profile.id, 'waiting');
  }

  /** Takes old updates of the seed away, as time would. */
  #makeRoom(profileId: string): void {
    const { state } = this.#sandbox;
    const profile = state.profiles.find(({ id }) => id === profileId)!;
    const waiting = state.pending(profile);
    if (waiting.length < 8) return;
    for (const update of waiting.filter(({ text }) => !/^(Post|Edited) \d+$/.test(text)).slice(0, 4)) state.remove(update);
  }

  async #attempt(name: string, action: () => Promise<unknown>): Promise<Told> {
    this.#count(this.#actions, name);
    const told = await action().then(
      () => 'done' as const,
      (error: unknown) => {
        if (!(error instanceof BufferError)) throw error;
        return error.outcome === 'unknown' ? ('unclear' as const) : ('notDone' as const);
      },
    );
    this.#count(this.#told, `${name} ${told}`);
    return told;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  #count(counts: Record<string, number>, name: string): void {
    counts[name] = (counts[name] ?? 0) + 1;
  }
}

/** What is claimed after one more try: one that was not done says nothing of those before it. */
function after(told: Told, before: boolean | undefined, wasTried: boolean): boolean | undefined {
  if (told === 'done') return true;
  return told === 'notDone' && (!wasTried || before !== undefined) ? (before ?? false) : undefined;
}

/** Networks that take a text alone. */
const plain = new Set(['twitter', 'bluesky', 'mastodon', 'threads', 'linkedin']);

/** The same numbers from 0 up to 1 for the same seed (Tommy Ettinger's generator, in the public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
