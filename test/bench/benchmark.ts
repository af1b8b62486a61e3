/** What a number counts; `times` is one thing over another of the same run. */
export type Unit = 'times' | 'ms' | 'bytes' | 'rows' | 'requests';

/** One line of the table: a number that was taken several times. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  /** As they were taken; the table shows their median and quartiles. */
  readonly samples: readonly number[];
  /** What the median should not exceed; a figure without one is only told. */
  readonly goal?: number;
  /** What lies behind the number, in a few words. */
  readonly note?: string;
}

export interface BenchmarkOptions {
  /** How often each figure is taken; each benchmark has a number of its own where left out. */
  readonly runs?: number;
}

export interface Benchmark {
  readonly name: string;
  /** What it takes a VS Code for takes minutes; without a name on the command line, only the others are run. */
  readonly needsVSCode?: boolean;
  readonly run: (options: BenchmarkOptions) => Promise<readonly Figure[]>;
}
