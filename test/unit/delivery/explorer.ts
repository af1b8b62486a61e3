import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timers, { setImmediate as tick } from 'node:timers/promises';
import type { BufferApi } from '../../../src/core/buffer/bufferApi.ts';
import { allPermitted, noCapabilities } from '../../../src/core/buffer/bufferApi.ts';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';
import type { Profile, Update } from '../../../src/core/buffer/model.ts';
import { type Delivered, deliver } from '../../../src/core/delivery/deliver.ts';
import type { Disk } from '../../../src/core/delivery/disk.ts';
import type { Entry } from '../../../src/core/delivery/entry.ts';
import { Outbox } from '../../../src/core/delivery/outbox.ts';
import { OutboxSender } from '../../../src/core/delivery/outboxSender.ts';
import { QueueStore } from '../../../src/core/queue/queueStore.ts';
import { newMemory } from '../../harness/memory.ts';

// Two windows of the real delivery over one disk and one service, of which each step (of the disk, or a request) waits
// until it is chosen. So every order of steps can be tried, and a death before each of them.

/** What becomes of the first create. All later ones are made and answered. */
export type FirstCreate = 'answered' | 'lostBefore' | 'lostAfter' | 'late' | 'refused' | 'limited';

/** At this decision, this instead of going on with whoever goes on. */
export interface Deviation {
  readonly at: number;
  readonly instead: string;
}

export interface Run {
  /** At each decision: what else there was. */
  readonly decisions: readonly (readonly string[])[];
  readonly trace: readonly string[];
  /** How often it is at the service. */
  readonly made: number;
  readonly told: Delivered | undefined;
  readonly hasDied: boolean;
  /** What is left in the outbox when nothing happens any more. */
  readonly left: readonly Entry[];
  readonly wasRecorded: boolean;
  /** It came to a state from which all was followed already; what is told of the end is of no meaning then. */
  readonly isKnown: boolean;
}

/** States that runs came to, and how many more deviations were tried from there. */
export type KnownStates = Map<string, number>;

class Known extends Error {}

const death = 'death of A';
const text = 'Once';
const profile = { id: 'p1', name: 'p', service: 'bluesky', serviceType: 'profile' } as Profile;
const owner = { key: 'me', label: 'Me' };
/** The service's time between two rounds; milliseconds. */
const betweenRounds = 61_000;

interface Step {
  readonly name: string;
  readonly go: () => void;
  /** By the service's clock. */
  readonly at: number;
}

/** Who asks for something. */
const acting = new AsyncLocalStorage<{ readonly world: World; readonly actor: string }>();
const waking = 'wake up';

class World {
  readonly files = new Map<string, { text: string; touchedAt: Date }>();
  readonly updates: Update[] = [];
  readonly steps = new Map<string, Step[]>();
  readonly dead = new Set<string>();
  readonly windows = new Map<string, string>();
  readonly trace: string[] = [];
  readonly decisions: (readonly string[])[] = [];
  now = new Date('2026-10-26T14:00:00Z').getTime();
  monotonic = 0;
  creates = 0;
  signs = 0;
  wasRecorded = false;
  #last = 'A';
  /** What each of them was answered so far, and by which names they know each other's ids. */
  readonly #answered = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #named = new Map<string, number>();

  /** Does something when it is this actor's turn; never, once it is dead. */
  step<Answer>(actor: string, name: string, work: () => Answer): Promise<Answer> {
    return new Promise((resolve) => {
      const note = (answer: unknown) =>
        this.#note(actor, `${name}: ${answer instanceof Error ? answer.message : this.#plain(actor, answer)}`);
      const go = () => {
        const done = Promise.resolve().then(work);
        void done.then(note, note);
        resolve(done);
      };
      this.steps.set(actor, [...(this.steps.get(actor) ?? []), { name, go, at: this.now }]);
    });
  }

  /** One more answer. What is the same as another one is the same object in the end, which is quick to compare. */
  #note(actor: string, answer: string): void {
    this.#answered.set(actor, shortened(`${this.#answered.get(actor) ?? ''} ${this.now} ${answer}`));
  }

  /** Something as text in which nothing is by chance: ids are named by who had them first, and times are not that fine. */
  #plain(actor: string, value: unknown): string {
    const json = typeof value === 'string' ? value : JSON.stringify(value ?? null);
    return json
      .replace(/(?:\d{15}-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, (id) => {
        let name = this.#names.get(id);
        if (name === undefined) {
          const count = (this.#named.get(actor) ?? 0) + 1;
          this.#named.set(actor, count);
          this.#names.set(id, (name = `${actor}${count}`));
        }
        return name;
      })
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, (time) => String(Math.round(Date.parse(time) / 60_000)));
  }

  /** All that decides on what follows. */
  #state(over: ReadonlySet<string>): string {
    const files = [...this.files].map(([path, { text: written }]) => `${this.#plain('', path)} ${this.#plain('', written)}`).sort();
    const steps = [...this.steps].map(([actor, all]) => [actor, all.map(({ name, at }) => [this.#plain(actor, name), at])]).sort();
    const { now, creates, updates, dead, wasRecorded } = this;
    return this.#plain(
      '',
      JSON.stringify([
        [...this.#answered].sort(),
        files,
        steps,
        [...over].sort(),
        [...dead],
        now,
        creates,
        updates,
        wasRecorded,
        this.#last,
      ]),
    );
  }

  disk(actor: string): Disk {
    const { files } = this;
    const short = (path: string) => path.replace(/^.*\//, '').replace(/^[\d]+-[\da-f-]+/, 'entry');
    return {
      list: (folder) =>
        this.step(actor, `list ${short(folder)}`, () =>
          [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
        ),
      read: (path) => {
        // A lease of a window that lives says something else each time.
        if (path.endsWith('.lease')) {
          const isDead = this.dead.has(this.windows.get(path) ?? '');
          this.#note(actor, isDead ? 'silent' : 'alive');
          return Promise.resolve({ text: isDead ? '0' : String(++this.signs), touchedAt: new Date(0) });
        }
        return this.step(actor, `read ${short(path)}`, () => files.get(path));
      },
      has: (path) => this.step(actor, `has ${short(path)}`, () => files.has(path)),
      create: (path, written) => {
        this.#plain(actor, `${path} ${written}`);
        return this.step(actor, `create ${short(path)}`, () => {
          if (files.has(path)) return false;
          files.set(path, { text: written, touchedAt: new Date(0) });
          return true;
        });
      },
      write: (path, written) => {
        this.#plain(actor, `${path} ${written}`);
        if (!path.endsWith('.lease'))
          return this.step(actor, `write ${short(path)}`, () => void files.set(path, { text: written, touchedAt: new Date(0) }));
        this.windows.set(path, actor);
        return Promise.resolve();
      },
      remove: (path) =>
        path.endsWith('.lease') ? Promise.resolve() : this.step(actor, `remove ${short(path)}`, () => void files.delete(path)),
    };
  }

  api(actor: string, first: FirstCreate): BufferApi {
    const make = () => {
      const made = {
        id: `u${this.updates.length + 1}`,
        profileId: profile.id,
        service: profile.service,
        status: 'pending',
        text,
        createdAt: new Date(this.now),
        updatedAt: new Date(this.now),
        statistics: {},
      } satisfies Update;
      this.updates.push(made);
      return made;
    };
    const lost = () => new BufferError('offline', 'The connection broke.', { outcome: 'unknown' });
    return {
      name: 'graphql',
      capabilities: { ...noCapabilities, ...allPermitted },
      serviceNow: () => new Date(this.now),
      recent: () => this.step(actor, 'look', () => ({ updates: [...this.updates], readAt: new Date(this.now) })),
      create: () => {
        const kind = this.creates++ === 0 ? first : 'answered';
        return this.step(actor, `create at the service (${kind})`, () => {
          if (kind === 'refused') throw new BufferError('rejected', 'No.');
          if (kind === 'limited') throw new BufferError('rateLimited', 'Later.', { retryAfter: 1 });
          if (kind === 'lostBefore') throw lost();
          if (kind === 'late') {
            void this.step('service', 'carry it out', make);
            throw lost();
          }
          const made = make();
          if (kind === 'lostAfter') throw lost();
          return { updates: [made], refused: {} };
        });
      },
    } as unknown as BufferApi;
  }

  /** Lets everybody come to the next step, or to the end. */
  async #settle(isOver: () => boolean, actor: string): Promise<void> {
    for (let ticks = 0; ticks < 40 && !this.steps.get(actor)?.length && !isOver(); ticks++) await tick();
  }

  /** Goes on until all of these have ended, or died. */
  async play(
    actors: Readonly<Record<string, Promise<unknown>>>,
    deviations: readonly Deviation[],
    isKnown: (decision: number, state: () => string) => boolean = () => false,
  ): Promise<void> {
    const over = new Set<string>();
    for (const [actor, work] of Object.entries(actors)) void work.finally(() => over.add(actor));
    const isOver = () => Object.keys(actors).every((actor) => over.has(actor) || this.dead.has(actor));
    for (const actor of Object.keys(actors)) await this.#settle(() => over.has(actor), actor);
    while (!isOver()) {
      const ready = [...this.steps].filter(([actor, steps]) => steps.length && !this.dead.has(actor)).map(([actor]) => actor);
      if (ready.every((actor) => actor === 'service')) {
        // Something that is no step takes its time.
        await sleep(1);
        continue;
      }
      if (isKnown(this.decisions.length, () => this.#state(over))) throw new Known();
      const windows = ready.filter((actor) => actor !== 'service');
      // Whoever waits for a time waits until nobody else can do anything; anything else would be a deviation.
      const atOnce = windows.filter((actor) => this.steps.get(actor)![0]!.name !== waking);
      const some = atOnce.length ? atOnce : windows;
      const usual = some.includes(this.#last) ? this.#last : some[0]!;
      const options = [...ready, ...(this.dead.has('A') || over.has('A') ? [] : [death])];
      const chosen = deviations.find(({ at }) => at === this.decisions.length)?.instead ?? usual;
      this.decisions.push(options.filter((each) => each !== usual));
      if (chosen === death) {
        this.dead.add('A');
        this.trace.push(death);
        continue;
      }
      const [next, ...rest] = this.steps.get(chosen)!;
      this.steps.set(chosen, rest);
      this.trace.push(`${chosen}: ${next!.name}`);
      if (chosen !== 'service') this.#last = chosen;
      next!.go();
      await this.#settle(() => over.has(chosen), chosen);
    }
  }

  /** What the service took comes within two rounds, which is less than delivery waits. */
  async carryOut(): Promise<void> {
    const all = this.steps.get('service') ?? [];
    const due = all.filter(({ at }) => this.now - at > betweenRounds);
    this.steps.set(
      'service',
      all.filter((each) => !due.includes(each)),
    );
    for (const { go } of due) go();
    await tick();
  }
}

const sleep = timers.setTimeout;
const ids = new Map<string, string>();

/** A text of any length as a short one. */
function shortened(text: string): string {
  let id = ids.get(text);
  if (id === undefined) ids.set(text, (id = String(ids.size)));
  return id;
}

/** That a window waits for a time is a step of it, too, while this lasts. */
export function chosenTimes(): { dispose(): void } {
  timers.setTimeout = ((milliseconds: number, value?: unknown, options?: object) => {
    const who = acting.getStore();
    return who ? who.world.step(who.actor, waking, () => value) : sleep(milliseconds, value, options);
  }) as typeof sleep;
  syncBuiltinESMExports();
  return {
    dispose: () => {
      timers.setTimeout = sleep;
      syncBuiltinESMExports();
      ids.clear();
    },
  };
}

/**
 * One order of steps, from the beginning until nothing happens any more, or until it comes to a state that is known.
 * @param left   how many more deviations are tried after these
 * @param known  states of other orders; those that this one comes to after its deviations are added
 */
export async function explore(first: FirstCreate, deviations: readonly Deviation[], left: number, known?: KnownStates): Promise<Run> {
  const world = new World();
  const newWindow = (name: string) => {
    const store = new QueueStore(() => 20, newMemory());
    store.connect(world.api(name, first));
    const outbox = new Outbox('/outbox', { disk: world.disk(name), monotonic: () => (world.monotonic += 1) });
    const sender = new OutboxSender({ store, outbox, staleAfter: 20_000, pause: 3_600_000, lookAfter: 3_600_000 });
    const by = <Answer>(work: () => Answer): Answer => acting.run({ world, actor: name }, work);
    return { store, outbox, sender, by };
  };
  const [a, b] = [newWindow('A'), newWindow('B')];
  let told: Delivered | undefined;
  const entries = () =>
    [...world.files].flatMap(([path, { text: json }]) =>
      path.startsWith('/outbox/') ? [JSON.parse(json) as { state: string; content: Entry }] : [],
    );
  const lastOne = deviations.at(-1)?.at ?? -1;
  const isKnownState = (decision: number, state: () => string) => {
    if (!known || decision <= lastOne) return false;
    const short = shortened(state());
    if ((known.get(short) ?? -1) >= left) return true;
    known.set(short, left);
    return false;
  };
  const run = (isKnown: boolean): Run => ({
    decisions: world.decisions,
    trace: world.trace,
    made: world.updates.length,
    told,
    hasDied: world.dead.has('A'),
    left: entries().map(({ state, content }) => ({ ...content, state }) as Entry),
    wasRecorded: world.wasRecorded,
    isKnown,
  });
  try {
    // Owners are set without a round of its own.
    for (const [name, { sender, by }] of [
      ['A', a],
      ['B', b],
    ] as const) {
      by(() => sender.connect(owner));
      await world.play({ [name]: by(() => sender.run()) }, []);
    }
    // What is read from the real disk is known before the first step.
    for (const { outbox } of [a, b]) await (await outbox.files()).lease.holder();
    world.decisions.length = 0;
    world.trace.length = 0;
    const delivery = { text, profiles: [profile], when: 'queue' } as const;
    const sent = a.by(() => deliver(a, delivery, (delivered) => Promise.resolve(void (told = delivered))));
    const looking = async () => {
      for (let times = 0; times < 3; times++) await b.sender.run();
    };
    await world.play({ A: sent, B: b.by(looking) }, deviations, isKnownState);
    world.wasRecorded = [...world.files.keys()].some((path) => path.startsWith('/outbox/')) || told !== undefined;
    const isStill = () => entries().every(({ state }) => state === 'failed' || state === 'undecided');
    for (let round = 1; round < 9 && (!isStill() || world.steps.get('service')?.length); round++) {
      world.now += betweenRounds;
      world.monotonic += betweenRounds;
      await world.carryOut();
      const alive: Record<string, Promise<unknown>> = world.dead.has('A') ? {} : { A: a.by(() => a.sender.run()) };
      await world.play({ ...alive, B: b.by(() => b.sender.run()) }, deviations, isKnownState);
    }
    return run(false);
  } catch (error) {
    if (error instanceof Known) return run(true);
    throw error;
  } finally {
    a.sender.dispose();
    b.sender.dispose();
  }
}
