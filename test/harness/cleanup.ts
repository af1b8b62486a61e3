// What has been started is stopped again, in reverse order, however the program ends.

type Step = () => unknown;

/** Steps to take at the end: when the work is done, when it fails, and on Ctrl+C, SIGTERM or a hang-up. */
export class Cleanup {
  readonly #steps: Step[] = [];

  constructor() {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const interrupted = (signal: NodeJS.Signals) => {
      clearInterval(watch);
      // A second signal finds no listener and ends the process at once.
      for (const each of signals) process.off(each, interrupted);
      void this.run().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    };
    for (const signal of signals) process.on(signal, interrupted);

    // npm hands a SIGTERM to the shell between us, which goes without handing it on.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) interrupted('SIGTERM');
    }, 500).unref();
    if (!process.env['npm_lifecycle_event']) clearInterval(watch);
  }

  /** Adds a step; it will run before those added earlier. */
  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Takes all steps, even when one of them fails. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        console.error('While ending:', error);
      }
    }
  }
}
