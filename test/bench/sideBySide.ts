import { quantile } from './statistics.ts';

export interface SideBySideOptions {
  /** Ratios that are taken. */
  readonly runs: number;
  /** How often each side is done for one ratio; the fastest half of them counts, as what disturbs only ever slows down. */
  readonly rounds?: number;
  /** Done before anything is taken: the compiler is to have seen both. */
  readonly warmUps?: number;
}

export interface SideBySide {
  /** Of each run: the first side over the second. */
  readonly ratios: readonly number[];
  /** Of each run, in milliseconds. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** Something that is timed; `prepare` is not, and what it gives is handed on. */
export interface Side<Prepared = void> {
  readonly prepare?: () => Prepared | Promise<Prepared>;
  readonly act: (prepared: Prepared) => unknown;
}

/** Times two things in turn, so that whatever slows the machine down slows both. */
export async function sideBySide<A, B>(ours: Side<A>, theirs: Side<B>, options: SideBySideOptions): Promise<SideBySide> {
  const { runs, rounds = 10, warmUps = rounds } = options;
  for (let count = 0; count < warmUps; count++) {
    await timed(theirs);
    await timed(ours);
  }
  const taken = { ratios: [] as number[], ours: [] as number[], theirs: [] as number[] };
  for (let run = 0; run < runs; run++) {
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.theirs.push(await timed(theirs));
      times.ours.push(await timed(ours));
    }
    const [first, second] = [quantile(times.ours, 0.25), quantile(times.theirs, 0.25)];
    taken.ratios.push(first / second);
    taken.ours.push(first);
    taken.theirs.push(second);
  }
  return taken;
}

/** Milliseconds that one side takes. */
export async function timed<Prepared>({ prepare, act }: Side<Prepared>): Promise<number> {
  const prepared = (await prepare?.()) as Prepared;
  const started = performance.now();
  await act(prepared);
  return performance.now() - started;
}

/** Both sides in milliseconds, for a figure's note. */
export function bothTimes({ ours, theirs }: SideBySide): string {
  return `${inMs(quantile(ours, 0.5))} to ${inMs(quantile(theirs, 0.5))}`;
}

function inMs(time: number): string {
  return `${time.toPrecision(3)} ms`;
}
