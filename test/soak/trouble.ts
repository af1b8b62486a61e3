import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../sandbox/sandbox.ts';
import type { FaultName } from './faultNames.ts';
import type { Person } from './person.ts';
import { plain, type Running, type Stage } from './stage.ts';
import { day, minute, second } from './units.ts';

/** What goes wrong while all windows live. */
export class Trouble {
  readonly #stage: Stage;
  readonly #person: Person;
  #offline = 0;

  constructor(stage: Stage, person: Person) {
    this.#stage = stage;
    this.#person = person;
  }

  /** All is well again. */
  calm(): void {
    this.#offline = 0;
    this.#stage.isDiskFaulty = this.#stage.isKeyringFaulty = false;
    this.#stage.sandbox.faults.clear();
    for (const { machine } of this.#stage.running) machine.computer.resume(true);
  }

  /** Something goes wrong with the next request, or with all for a while. */
  disturb(): void {
    const { faults } = this.#stage.sandbox;
    const random = this.#stage.random;
    if (this.#offline > 0 && --this.#offline === 0) faults.clear();
    if (this.#offline > 0) return;
    const chance = random.next();
    if (chance < 0.01) {
      this.#offline = 1 + random.below(8);
      this.#stage.count(this.#stage.faults, 'offline for a while');
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
      this.#stage.count(this.#stage.faults, 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind);
      const match =
        this.#stage.api === 'v1' ? { method: 'POST' } : { operation: '^(CreatePost|EditPost|DeletePost|MoveToTop|CreateIdea)$' };
      faults.add(random.happens(0.7) ? { ...fault, match } : fault);
    }
  }

  /** What is no matter of one answer. */
  async disturbMore(): Promise<void> {
    const { faults, state } = this.#stage.sandbox;
    const random = this.#stage.random;
    const happens = (name: FaultName, chance: number) => {
      if (!this.#stage.kinds.has(name) || !random.happens(chance)) return false;
      this.#stage.count(this.#stage.faults, name);
      return true;
    };
    const creates = this.#stage.api === 'v1' ? { path: 'create' } : { operation: '^CreatePost$' };
    if (happens('late', 0.02)) {
      const answer = random.pick([504, 502, 'drop', 'hang'] as const);
      faults.add({ kind: 'late', by: second + random.below(89 * second), answer, match: creates });
    }
    if (happens('lag', 0.02)) faults.add({ kind: 'lag', by: random.below(20 * second), times: 5 });
    if (this.#stage.api === 'graphql' && happens('partial', 0.03)) {
      this.#stage.settings = { ...this.#stage.settings, failedField: random.pick(['nulledAlone', 'bubbles'] as const) };
      this.#stage.sandbox.behave(this.#stage.settings);
      const code = random.pick(['RATE_LIMIT_EXCEEDED', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR', 'FORBIDDEN']);
      faults.add({ kind: 'partial', at: { [random.pick(['post0', 'post1'])]: { code } }, match: creates });
    }
    // Mostly of what the person does not know of yet.
    const made = [...state.updates.values()].filter(({ text, status }) => /^Post \d+$/.test(text) && status === 'buffer');
    const unknown = made.filter(({ id }) => !this.#stage.mine.has(id));
    if (unknown.length && random.happens(0.2) && happens('elsewhere', 1)) this.#changeElsewhere(random.pick(unknown.slice(-3)).id);
    else if (made.length && happens('elsewhere', 0.01)) this.#changeElsewhere(random.pick(made.slice(-5)).id);
    if ((unknown.length && random.happens(0.02) && happens('newer', 1)) || happens('newer', 0.001)) {
      for (const profile of state.profiles.filter(({ service, disconnected }) => plain.has(service) && !disconnected)) {
        const one = state.add(profile, { text: `Newer ${++this.#stage.serial}`, when: 'now', mayRepeat: true });
        for (let each = 1; each < 120; each++) {
          const [id, text] = [state.newId(), `Newer ${++this.#stage.serial}`];
          state.updates.set(id, { ...one, id, text });
          this.#stage.accounts.make(id, text, profile.id);
        }
      }
    }
    if (happens('version', 0.005)) {
      const text = `Newer version ${++this.#stage.serial}`;
      const path = join(this.#stage.folder, 'outbox', `${String(Date.now()).padStart(15, '0')}-${this.#stage.serial}.1.json`);
      const json = random.happens(0.5) ? JSON.stringify({ version: 99, state: 'waiting', text }) : `{"version":1,"text":"${text}`;
      await mkdir(join(this.#stage.folder, 'outbox'), { recursive: true });
      await writeFile(path, json);
      this.#stage.newer.set(path, json);
    }
    if (happens('account', 0.01)) {
      const { window } = random.pick(this.#stage.running);
      window.signIn(true);
      await sleep(random.next() * 20);
      window.signIn(false);
      await this.#stage.load(this.#stage.running.find((each) => each.window === window)!);
    }
    if (happens('clock', 0.02))
      random.pick(this.#stage.running).machine.computer.set((random.next() - 0.5) * random.pick([10, minute, day]));
    if (happens('clock', 0.02)) await this.#sleepWhileSending(random.pick(this.#stage.running));
    if (happens('clock', 0.02)) await this.#sleepWhileLooking(random.pick(this.#stage.running));
  }

  /** Somebody else edits or deletes an update. */
  #changeElsewhere(id: string): void {
    const { state } = this.#stage.sandbox;
    const update = state.updates.get(id)!;
    this.#stage.elsewhere.add(id);
    this.#stage.tell(this.#stage.textOf(id), `somebody else changes or deletes ${id.slice(-4)}`);
    if (this.#stage.random.happens(0.5)) state.edit(update, { text: `Elsewhere ${++this.#stage.serial}` });
    else {
      state.remove(update);
      this.#stage.accounts.excuse(id);
    }
  }

  /** A computer falls asleep in the middle of a send. */
  async #sleepWhileSending(running: Running): Promise<void> {
    const profiles = this.#stage.takers(running);
    if (profiles.length === 0) return;
    const text = `Post ${++this.#stage.serial}`;
    await this.#sleepDuring(running, () => this.#person.send(running, text, this.#stage.some(profiles), 'queue'));
  }

  /** A computer falls asleep in the middle of looking for what it sent, which the service carries out meanwhile. */
  async #sleepWhileLooking(running: Running): Promise<void> {
    const profiles = this.#stage.takers(running);
    if (profiles.length === 0) return;
    const { faults } = this.#stage.sandbox;
    const random = this.#stage.random;
    const match = this.#stage.api === 'v1' ? { path: 'create' } : { operation: '^CreatePost$' };
    if (this.#stage.kinds.has('late')) faults.add({ kind: 'late', by: second + random.below(89 * second), answer: 504, match });
    await this.#person.send(running, `Post ${++this.#stage.serial}`, this.#stage.some(profiles), 'queue');
    await this.#stage.pass(random.below(minute));
    const look = () => running.window.run(() => running.window.sender.run());
    await this.#sleepDuring(running, () => this.#stage.within(look().catch(() => undefined)), true);
  }

  /**
   * A computer falls asleep in the middle of some work, for minutes or hours; others go on, and the service does.
   * @param isAtRequest  whether it does so before one of the first requests
   */
  async #sleepDuring(running: Running, work: () => Promise<unknown>, isAtRequest = false): Promise<void> {
    const { computer } = running.machine;
    const asleep = new Promise<void>((resolve) => {
      const then = () => {
        computer.suspend();
        resolve();
      };
      running.fuse = { left: this.#stage.random.below(isAtRequest ? 4 : 30), isOfRequests: isAtRequest, then };
    });
    const done = work();
    await Promise.race([done, asleep]);
    running.fuse = undefined;
    if (computer.isAsleep) {
      const minutes = this.#stage.random.pick([1, 5, 30, 600]);
      const awake = this.#stage.running.filter(({ machine }) => machine !== running.machine);
      for (let passed = 0; passed < Math.min(minutes, 30); passed += 0.5) {
        await this.#stage.pass((minutes / Math.min(minutes, 30)) * 30 * second);
        for (const { window } of awake)
          await this.#stage.within(
            window.run(() => window.sender.run()),
            500,
          );
      }
      computer.resume(this.#stage.random.happens(0.5));
    }
    await done;
  }
}
