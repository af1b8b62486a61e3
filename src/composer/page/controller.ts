import * as l10n from '@vscode/l10n';
import { emptyDraft } from '../../core/drafts/draft.ts';
import type { Announcer } from '../../page/announcer.ts';
import { isPictureAddress } from '../../page/addresses.ts';
import { answered } from './answered.ts';
import { chosenNetworks, chosenProfiles, shownNetworks } from './chosen.ts';
import { countAll, isShort } from './counting.ts';
import { edit, setWhen } from './edits.ts';
import { focusOn } from './focus.ts';
import { connect, type Host } from './host.ts';
import { draftKeeper } from './keeping.ts';
import { blankPage, isComplete, isSending, type Page, pictureOf } from './page.ts';
import { pausingCounter } from './pausingCounter.ts';
import { obstacle } from './readiness.ts';
import { noticeSilence } from './silence.ts';
import type { ToHost } from '../messages.ts';
import type { Act } from './view/act.ts';
import { insertTemplate } from './view/later.ts';
import { followPictures } from '../../page/webPictures.ts';
import { wantedPictures } from './wantedPictures.ts';
import { countNews, sendingNews, threadNews } from './words.ts';

/** Words and addresses are looked at when nobody typed on for this long (ms). */
const pause = 300;

export interface Controller extends Act {
  page(): Page;
  /** Says what needs no answer. */
  tell(message: ToHost): void;
}

/** Holds the page: draws it when it changed, and does what else follows from a change. */
export function control(announcer: Announcer, draw: (page: Page, act: Act) => void): Controller {
  let page = blankPage;
  let isOpen = false;
  let isDrawing = false;
  let slotsAskedFor = '';
  /** Words typed into this page. Older ones are not read again: `tomorrow` was another day. */
  let typedWords: string | undefined;

  const silence = noticeSilence(
    () => direct.post({ type: 'ping' }),
    (isUnheard) => {
      become({ ...page, isUnheard });
      if (isUnheard) announcer.say(l10n.t('The extension does not answer; it may have restarted. Your text is kept.'));
    },
  );
  const direct: Host = connect((message) => {
    silence.heard();
    const before = page;
    become(answered(page, message), message.type !== 'open');
    if (message.type === 'open' && (!isOpen || page.draft?.id !== before.draft?.id) && !message.formerId) opened();
    if (message.type === 'profiles') readAgain(before);
    if (message.type === 'sent') tellSending();
    if (message.type === 'twins') {
      const news = page.twins?.filter((each) => !before.twins?.includes(each)) ?? [];
      if (news.length > 0) announcer.say(news.join(' '));
    }
    // It goes on being watched until it is over.
    if (isSending(page)) silence.asked();
    if (message.type === 'insert' && message.draftId === page.draft?.id) void insertTemplate(message.text, act);
  });
  const host: Host = {
    ...direct,
    post(message) {
      direct.post(message);
      silence.asked();
    },
  };
  const keeper = draftKeeper(host);
  const countSoon = pausingCounter((counts, { text, variants, details }) =>
    become({ ...page, counts, settled: { text, variants, details } }),
  );
  const readSoon = later(() => readTime());
  const settlePictureSoon = later(() => become({ ...page, settledPicture: pictureOf(page) }));

  const act: Controller = {
    page: () => page,
    tell: (message) => direct.post(message),
    change: (next) => become(next(page)),
    post: (message) => {
      keeper.flush();
      host.post(message);
    },
    send,
    typeTime(words) {
      typedWords = words;
      become(setWhen(page, { kind: 'at', words }));
      readSoon();
    },
    focus(id) {
      drawNow();
      document.getElementById(id)?.focus();
    },
    say: announcer.say,
  };

  /** Takes a new state of the page over. `isNews` tells whether the extension has to hear of the draft. */
  function become(next: Page, isNews = true): void {
    const before = page;
    page = next;
    if (page.draft && page.draft !== before.draft) {
      if (isNews) keeper.keep(page.draft);
      else host.keep(page.draft);
    }
    if (page.draft !== before.draft || page.profiles !== before.profiles) follow(before);
    page = showPictures(page);
    if (!isDrawing) requestAnimationFrame(drawNow);
    isDrawing = true;
  }

  function showPictures(now: Page): Page {
    const pictures = followPictures(now.pictures, wantedPictures(now), (address) => host.post({ type: 'readPicture', address }));
    return pictures === now.pictures ? now : { ...now, pictures };
  }

  function drawNow(): void {
    isDrawing = false;
    draw(page, act);
  }

  /** What follows from a change of the draft or of the profiles. */
  function follow(before: Page): void {
    const { draft } = page;
    if (!draft) return;
    const networks = chosenNetworks(page);
    if (page.network !== undefined && !networks.some(({ service }) => service === page.network)) page = { ...page, network: undefined };
    const isTyped = draft.text !== before.draft?.text || draft.variants !== before.draft.variants || draft.details !== before.draft.details;
    if (isTyped || before.draft.profileIds !== draft.profileIds || page.profiles !== before.profiles) {
      if (isShort(draft)) page = { ...page, counts: countAll(draft, networks, page.counts), settled: draft };
      else countSoon(draft, networks, page.counts);
      if (isTyped) announcer.sayAfterPause(() => countNews(shownNetworks(page), page.counts) || threadNews(networks, page.counts));
    }
    if (isTyped && page.isWarned) page = { ...page, isWarned: obstacle(page) !== undefined };
    if (pictureOf(page) !== page.settledPicture) {
      if (before.draft?.id === draft.id && pictureOf(page).split('\n').some(isPictureAddress)) settlePictureSoon();
      else page = { ...page, settledPicture: pictureOf(page) };
    }
    // Another draft knows no posting times yet.
    if (before.draft?.id !== draft.id && !page.slots) slotsAskedFor = '';
    askSlots();
    if (before.draft?.id === draft.id && before.draft.profileIds !== draft.profileIds) readAgain(before);
  }

  /** Another draft is there: its time is asked for by the instant, which is what it means. */
  function opened(): void {
    isOpen = true;
    typedWords = undefined;
    const when = page.draft?.when;
    if (when?.kind === 'at' && when.at)
      host.post({ type: 'readTime', words: when.at, profileIds: chosenProfiles(page).map(({ id }) => id) });
    requestAnimationFrame(() => focusOn('text'));
  }

  function askSlots(): void {
    const profileIds = page.draft?.when.kind === 'at' ? chosenProfiles(page).map(({ id }) => id) : [];
    const wanted = profileIds.join(' ');
    if (wanted === slotsAskedFor) return;
    slotsAskedFor = wanted;
    if (wanted) host.post({ type: 'askSlots', profileIds });
    else page = { ...page, slots: undefined };
  }

  /** Other profiles can be in another zone: the words mean another time, or the time is called otherwise. */
  function readAgain(before: Page): void {
    const ids = ({ profiles, draft }: Page) =>
      profiles.profiles
        .filter(({ id }) => draft?.profileIds.includes(id))
        .map(({ id }) => id)
        .join(' ');
    if (page.draft?.when.kind === 'at' && ids(before) !== ids(page)) readSoon();
  }

  function readTime(): void {
    const when = page.draft?.when;
    if (when?.kind !== 'at') return;
    const words = when.words !== undefined && when.words === typedWords ? when.words : when.at;
    if (words?.trim()) host.post({ type: 'readTime', words, profileIds: chosenProfiles(page).map(({ id }) => id) });
  }

  function send(): void {
    if (!page.draft || isSending(page) || isComplete(page)) return;
    if (page.isUnheard) return focusOn('unheard');
    const counts = countAll(page.draft, chosenNetworks(page), page.counts);
    const against = obstacle(page, counts);
    if (against) {
      become({ ...page, counts, isWarned: true, network: against.part === 'text' ? against.network : page.network });
      announcer.say(against.reason);
      requestAnimationFrame(() => focusOn(against.part, against.field));
      return;
    }
    const chosen = chosenProfiles(page).map(({ id }) => id);
    // Profiles that are gone are not sent to, and not kept.
    if (chosen.length !== page.draft.profileIds.length) become(edit(page, { profileIds: chosen }));
    keeper.flush();
    host.post({ type: 'send', draft: page.draft });
    const results = Object.fromEntries(chosen.map((id) => [id, { kind: 'sending' as const }]));
    become({ ...page, counts, isWarned: false, notice: undefined, sending: { results, isOver: false, when: page.draft.when.kind } });
    requestAnimationFrame(() => focusOn('results'));
    announcer.say(sendingNews({ results, isOver: false, when: 'queue' }));
  }

  function tellSending(): void {
    // The extension has it on disk now. A reload brings back what is left there, and nothing that was sent.
    if (page.draft) host.keep(isSending(page) || isComplete(page) ? emptyDraft(page.draft.id) : page.draft);
    if (!page.sending?.isOver) return;
    announcer.say(sendingNews(page.sending));
    requestAnimationFrame(() => focusOn(isComplete(page) ? 'finished' : 'results'));
  }

  const kept = host.kept();
  if (kept) become({ ...page, draft: kept }, false);
  host.post({ type: 'ready', draft: kept });
  drawNow();
  return act;
}

/** Does something when it was not asked for again for a moment. */
function later(task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, pause);
  };
}
