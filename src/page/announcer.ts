/** How long someone has to pause before the counts are spoken (ms). */
const pause = 1_200;

/** Speaks through a polite live region: at once, or after a pause, then only what is new. */
export interface Announcer {
  readonly say: (text: string) => void;
  /** Spoken when nothing else came for a while and it differs from what was spoken last; '' is never spoken. */
  readonly sayAfterPause: (text: () => string) => void;
}

/** An announcer with a live region of its own at the end of the page. */
export function announcer(): Announcer {
  const region = document.createElement('div');
  region.className = 'unseen';
  region.setAttribute('role', 'status');
  document.body.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  const say = (text: string) => {
    // The same words again are news only to a region that was empty meanwhile.
    region.textContent = '';
    requestAnimationFrame(() => (region.textContent = text));
  };
  return {
    say,
    sayAfterPause(words) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const text = words();
        if (text && text !== last) say(text);
        last = text;
      }, pause);
    },
  };
}
