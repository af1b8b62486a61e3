import { isFree, type Account, type Channel } from './account.ts';
import type { Answers } from './answers.ts';
import { attempt } from './attempt.ts';
import { imageAt, reasonIn, type Draft, type Outcome, type WriteInput } from './draft.ts';
import { isReminderOnly } from './needs.ts';
import type { QuestionName } from './questions.ts';

// What the service takes. But for making the draft itself, it is asked by edits of the draft, which stays one: a
// refusal there is a refusal, while what is taken may still be looked at later.

/** Makes the draft, first in the ways that the sheet says are refused; what the last refusal was where there is none. */
export async function makeDraft(draft: Draft, answers: Answers, channel: Channel): Promise<string | undefined> {
  const { metadata: _, ...bare } = draft.whole;
  const ways: [QuestionName | undefined, WriteInput][] = [[undefined, draft.whole]];
  if (channel.service === 'facebook' || channel.service === 'instagram') ways.unshift(['typeRequired', bare]);
  if (isReminderOnly(channel)) ways.unshift(['remindersOnly', { ...draft.whole, schedulingType: 'automatic' }]);
  let reason: string | undefined;
  for (const [name, input] of ways) {
    const outcome = await draft.make(input);
    if (name) answers.whether(name, 'refused' in outcome, reasonIn(outcome));
    if ('post' in outcome) return undefined;
    reason = reasonIn(outcome);
    // There may be one that we do not know of; a second one would be one too many.
    if ('failed' in outcome) return reason;
  }
  return reason;
}

/** What is refused in a draft. */
export async function askCreating(
  draft: Draft,
  answers: Answers,
  account: Account,
  channel: Channel,
  picture: string | undefined,
): Promise<void> {
  const metadata = draft.needs.least ?? draft.needs.whole;
  const change = (input: WriteInput) => draft.edit({ ...draft.whole, metadata, ...input, saveToDraft: true });
  const refused = async (name: QuestionName, input: WriteInput, words: RegExp) => {
    await attempt(answers, [name], async () => tellRefusal(answers, name, await change(input), words));
  };
  await refused(
    'thumbnailUrl',
    { assets: [{ video: { url: 'https://example.com/check-live.mp4', thumbnailUrl: 'https://example.com/check-live.png' } }] },
    /thumbnailUrl/u,
  );
  await refused('unreadable', { assets: [imageAt('https://example.com/unreadable.png')] }, /could not be read/iu);
  await refused('dataAddress', { assets: [imageAt(dot)] }, /image dimensions/iu);
  if (channel.service === 'twitter') await refused('tooLong', { text: 'Long. '.repeat(50) }, /cannot exceed \d+ characters/iu);
  await askFirstComment(change, answers, account, channel);
  if (picture === undefined) {
    for (const name of pictureQuestions) answers.notAsked(name, 'no picture was named with --picture');
  } else {
    await askPictures(change, answers, channel, picture);
  }
}

type Change = (input: WriteInput) => Promise<Outcome>;

const pictureQuestions: QuestionName[] = ['carousel', 'threadPictures', 'cardAndPicture'];

function tellRefusal(answers: Answers, name: QuestionName, outcome: Outcome, words: RegExp): void {
  if ('post' in outcome) return answers.otherwise(name, 'it is taken in a draft');
  if ('failed' in outcome) return answers.notAsked(name, reasonIn(outcome));
  answers.whether(name, words.test(outcome.refused), reasonIn(outcome));
}

async function askFirstComment(change: Change, answers: Answers, { organization }: Account, { service }: Channel): Promise<void> {
  const more = { facebook: { type: 'post' }, instagram: { type: 'post', shouldShareToFeed: true }, linkedin: {} }[service];
  if (!more) return answers.notAsked('firstComment', 'this network has no first comments');
  if (!isFree(organization)) return answers.notAsked('firstComment', 'you are not on the Free plan');
  await attempt(answers, ['firstComment'], async () => {
    tellRefusal(answers, 'firstComment', await change({ metadata: { [service]: { ...more, firstComment: 'A check' } } }), /paid plan/iu);
  });
}

async function askPictures(change: Change, answers: Answers, { service }: Channel, picture: string): Promise<void> {
  const assets = [imageAt(picture)];
  if (service === 'instagram') {
    await attempt(answers, ['carousel'], async () => {
      const metadata = { instagram: { type: 'carousel', shouldShareToFeed: true } };
      tellRefusal(answers, 'carousel', await change({ assets: [...assets, ...assets], metadata }), /./u);
    });
  }
  if (service === 'threads') await attempt(answers, ['threadPictures'], async () => tellThread(answers, await change(threadWith(assets))));
  if (service === 'linkedin') {
    await attempt(answers, ['cardAndPicture'], async () => {
      const outcome = await change({ assets, metadata: { linkedin: { linkAttachment: { url: 'https://example.com/' } } } });
      if ('failed' in outcome) return answers.notAsked('cardAndPicture', reasonIn(outcome));
      if ('refused' in outcome) return answers.setting('cardAndPicture', 'refused', reasonIn(outcome));
      const kept = [outcome.post.assets.length > 0 && 'the picture', outcome.post.metadata?.linkAttachment && 'the card'].filter(Boolean);
      if (kept.length === 1) answers.setting('cardAndPicture', 'dropped', `taken, with ${kept[0]}`);
      else answers.otherwise('cardAndPicture', `taken, with ${kept.join(' and ') || 'neither'}`);
    });
  }
}

const threadWith = (assets: readonly object[]): WriteInput => ({
  text: 'A check',
  metadata: { threads: { type: 'thread', thread: [{ text: 'A check', assets }, { text: 'Its second part' }] } },
});

function tellThread(answers: Answers, outcome: Outcome): void {
  if (!('post' in outcome)) return answers.notAsked('threadPictures', reasonIn(outcome));
  const parts: { assets: unknown[] }[] = outcome.post.metadata?.thread ?? [];
  const isEchoed = parts.some(({ assets }) => assets.length > 0);
  answers.setting('threadPictures', isEchoed ? 'echoed' : 'none', isEchoed ? 'they are' : 'none is');
}

/** The smallest picture there is, in its address. */
const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
