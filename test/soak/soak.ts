// Thousands of random actions of a person with two windows, and faults of every kind, against the local Buffer, on
// computers whose time goes fast. Every few hundred actions all is well for a while, what waits goes out, and the
// service is compared with what the person was told, update by update.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiName } from '../../src/core/buffer/model.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { Deaths } from './deaths.ts';
import { type FaultName, faultNames } from './faultNames.ts';
import { Person } from './person.ts';
import { Stage } from './stage.ts';
import { giveTime, World } from './time.ts';
import { Trouble } from './trouble.ts';
import { Verdict } from './verdict.ts';

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
  const stage = new Stage(sandbox, world, folder, api, seed, new Set(faults));
  const run = new Soak(stage);
  try {
    for (let done = 0; done < actions;) {
      done += await run.part(actions - done);
      told(run.report());
    }
    return run.report();
  } finally {
    stage.end();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', tidy);
    takeTime();
  }
}

class Soak {
  readonly #stage: Stage;
  readonly #person: Person;
  readonly #trouble: Trouble;
  readonly #deaths: Deaths;
  readonly #verdict: Verdict;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#person = new Person(stage);
    this.#trouble = new Trouble(stage, this.#person);
    this.#deaths = new Deaths(stage, this.#person);
    this.#verdict = new Verdict(stage, this.#person);
  }

  /** Some hundred actions, and an account of them. @returns how many */
  async part(most: number): Promise<number> {
    const count = Math.min(most, leastActions + this.#stage.random.below(mostActions - leastActions));
    this.#stage.begin();
    for (let done = 0; done < count; done++) {
      this.#stage.isDiskFaulty = this.#stage.kinds.has('disk') && this.#stage.random.happens(0.05);
      this.#stage.isKeyringFaulty = this.#stage.kinds.has('keyring') && this.#stage.random.happens(0.03);
      if (this.#stage.kinds.has('network')) this.#trouble.disturb();
      await this.#trouble.disturbMore();
      const [first, second] = this.#stage.random.happens(0.5) ? this.#stage.running : [...this.#stage.running].reverse();
      // Now and then both at once.
      const also = this.#stage.random.happens(0.1) ? this.#person.post(second!) : undefined;
      await this.#person.one(first!);
      await also;
      if (this.#stage.random.happens(0.01)) await this.#deaths.kill(first!);
      if (this.#stage.random.happens(0.015)) await this.#deaths.killWhileSending(second!);
      if (this.#stage.kinds.has('kill') && this.#stage.random.happens(0.006)) await this.#deaths.killProcess(first!);
    }
    this.#trouble.calm();
    await this.#verdict.settle();
    this.#verdict.account();
    return count;
  }

  report(): SoakReport {
    const { lost, doubled, falseClaims } = this.#stage.accounts;
    return {
      api: this.#stage.api,
      seed: this.#stage.seed,
      actions: this.#stage.actions,
      faults: this.#stage.faults,
      told: this.#stage.told,
      lost,
      doubled,
      falseClaims: [...falseClaims, ...this.#verdict.claims],
    };
  }
}
