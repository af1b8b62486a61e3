/** How long an answer may take before the extension is asked whether it is there, and again as long (ms). */
const patience = 4_000;

/** Notices that the extension is not heard any more, as after it restarted, and that it is heard again. */
export interface Silence {
  /** The extension was told something. */
  asked(): void;
  /** The extension said something. */
  heard(): void;
}

/**
 * @param ping  asks the extension for any answer
 * @param tell  called where nothing was heard for some seconds, and when it is heard again
 */
export function noticeSilence(ping: () => void, tell: (isUnheard: boolean) => void): Silence {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pings = 0;

  function check(): void {
    // One that is busy for a moment gets a second chance.
    if (pings === 1) tell(true);
    pings++;
    ping();
    timer = setTimeout(check, patience);
  }

  return {
    asked: () => void (timer ??= setTimeout(check, patience)),
    heard() {
      clearTimeout(timer);
      timer = undefined;
      if (pings > 1) tell(false);
      pings = 0;
    },
  };
}
