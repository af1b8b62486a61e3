import type { Channel } from './account.ts';
import type { Answers } from './answers.ts';
import { attempt } from './attempt.ts';
import { linkInText, reasonIn, type Draft, type Outcome, type Post } from './draft.ts';
import type { QuestionName } from './questions.ts';
import { tellActions } from './readingQuestions.ts';

// What editPost does, asked of the one draft: as a draft, scheduled far ahead, and as a draft again.

/** Everything about editing, in the order in which one state leads to the next. */
export async function askEditing(draft: Draft, answers: Answers, channel: Channel): Promise<void> {
  tellLinks(answers, channel, draft.post);
  const keepsRest = await askDraftAlone(draft, answers, channel);
  await askWholeBack(draft, answers);
  const isScheduled = await askLeaving(draft, answers);
  if (isScheduled) {
    tellActions(answers, [draft.post]);
    await askMoving(draft, answers);
    await askLeftOut(draft, answers, channel);
    await askDetails(draft, answers);
    await askBackToDrafts(draft, answers);
  } else {
    for (const name of scheduledQuestions) answers.notAsked(name, 'the draft could not be scheduled');
  }
  if (keepsRest !== undefined) tellLinkedinDraft(answers, keepsRest);
}

const scheduledQuestions: QuestionName[] = ['leftOut', 'modeLeftOut', 'dueAtAlone', 'detailsWiped', 'seconds', 'backToDrafts'];

function tellLinks(answers: Answers, { service }: Channel, { text }: Post): void {
  if (!text.includes(linkInText)) answers.setting('links', 'shortened', 'the link in the text came back as another');
  else if (service === 'linkedin') answers.setting('links', 'kept', 'the link in the text came back as it was sent');
  else answers.notAsked('links', 'the link in the text came back as it was sent, but it is told of LinkedIn');
}

/** The draft's edit by id and text alone, on the networks that it is told of; whether it kept the rest. */
async function askDraftAlone(draft: Draft, answers: Answers, { service }: Channel): Promise<boolean | undefined> {
  const name = ({ linkedin: 'linkedinDraft', facebook: 'facebookDraft' } as const)[service];
  if (!name) return undefined;
  let keepsRest: boolean | undefined;
  await attempt(answers, [name], async () => {
    const outcome = await draft.edit({ text: draft.post.text });
    if ('failed' in outcome) return answers.notAsked(name, reasonIn(outcome));
    if (name === 'facebookDraft') return answers.whether(name, 'refused' in outcome, reasonIn(outcome));
    if ('refused' in outcome) return answers.otherwise(name, reasonIn(outcome));
    keepsRest = draft.needs.isKept(outcome.post.metadata);
  });
  return keepsRest;
}

function tellLinkedinDraft(answers: Answers, keepsRest: boolean): void {
  const isMerging = answers.settingOf('leftOut') === 'merge';
  if (!keepsRest) answers.setting('linkedinDraft', 'asOthers', 'taken; what was left out is gone');
  else if (isMerging) answers.setting('linkedinDraft', 'asOthers', 'taken; what was left out stays, as in any other post');
  else answers.setting('linkedinDraft', 'keepRest', 'taken; what was left out stays');
}

async function askWholeBack(draft: Draft, answers: Answers): Promise<void> {
  await attempt(answers, ['wholeBack'], async () => {
    const { dueAt } = draft.post;
    const text = `${draft.post.text} Edited.`;
    const outcome = await draft.edit({ ...draft.whole, text, saveToDraft: true });
    if (!('post' in outcome)) return answers.otherwise('wholeBack', reasonIn(outcome));
    const { post } = outcome;
    const changes = [
      post.text !== text && 'the text',
      post.dueAt !== dueAt && 'the time',
      post.status !== 'draft' && 'the status',
      post.assets.length !== draft.assets.length && 'the files',
      !draft.needs.isKept(post.metadata) && 'the metadata',
    ].filter((change) => change !== false);
    answers.whether(
      'wholeBack',
      changes.length === 0,
      changes.length === 0 ? 'nothing else changed' : `not as it was sent: ${changes.join(', ')}`,
    );
  });
}

/** Schedules the draft; tells whether it is. */
async function askLeaving(draft: Draft, answers: Answers): Promise<boolean> {
  await attempt(answers, ['leavesDrafts', 'seconds'], async () => {
    const unsaid = await draft.edit({ ...draft.whole, mode: 'customScheduled', dueAt: draft.nextTime() });
    const isEarly = 'post' in unsaid && unsaid.post.status === 'scheduled';
    const dueAt = draft.nextTime();
    const said = await draft.edit({ ...draft.whole, mode: 'customScheduled', dueAt, saveToDraft: false });
    const isOut = 'post' in said && said.post.status === 'scheduled';
    const found = `without saveToDraft: ${reasonIn(unsaid)}; with saveToDraft: false: ${reasonIn(said)}`;
    // What is refused then, such as one more in a full queue, says nothing of how drafts leave.
    if ('post' in said || isEarly) answers.whether('leavesDrafts', !isEarly && 'post' in unsaid && isOut, found);
    else answers.notAsked('leavesDrafts', found);
    if (isOut) tellSeconds(answers, said.post, dueAt);
  });
  return draft.post.status === 'scheduled';
}

function tellSeconds(answers: Answers, { dueAt }: Post, sent: string): void {
  const difference = (Date.parse(sent) - Date.parse(dueAt ?? '')) / 1000;
  if (difference === 0) answers.setting('seconds', 'kept', 'as they were sent');
  else if (difference === 7) answers.setting('seconds', 'dropped', '7 came back as 0');
  else answers.otherwise('seconds', `the time came back ${difference} s earlier`);
}

async function askMoving(draft: Draft, answers: Answers): Promise<void> {
  await attempt(answers, ['dueAtAlone'], async () => {
    const { schedulingType, ...content } = draft.whole;
    const mode = 'customScheduled' as const;
    const said: string[] = [];
    let isAsSaid = true;
    for (const [words, more, isMoving] of [
      ['alone', {}, false],
      ['with mode', { mode }, false],
      ['with schedulingType', { schedulingType }, false],
      ['with both', { mode, schedulingType }, true],
    ] as const) {
      const dueAt = draft.nextTime();
      const outcome = await draft.edit({ ...content, ...more, dueAt });
      const isMoved = 'post' in outcome && isSameMinute(outcome.post.dueAt, dueAt);
      said.push(`${words}: ${'post' in outcome ? (isMoved ? 'moved' : 'success, and not moved') : reasonIn(outcome)}`);
      isAsSaid &&= 'post' in outcome && isMoved === isMoving;
    }
    answers.whether('dueAtAlone', isAsSaid, said.join('; '));
  });
}

/** Edits without parts of the whole, and then with all of it, so that it is as before. */
async function askLeftOut(draft: Draft, answers: Answers, { service }: Channel): Promise<void> {
  await attempt(answers, ['leftOut', 'modeLeftOut'], async () => {
    const { text, dueAt } = draft.post;
    const withText = await draft.edit({ text });
    const whole = draft.whole;
    const withoutText = 'post' in withText ? await draft.edit({ schedulingType: draft.schedulingType }) : withText;
    tellLeftOut(draft, answers, withText, withoutText, text);
    tellTextAlone(draft, answers, service, withText);
    const back = await draft.edit(whole);
    if ('post' in back)
      answers.whether(
        'modeLeftOut',
        back.post.dueAt === dueAt,
        back.post.dueAt === dueAt ? 'the chosen time stays; of the queue this says nothing' : 'the time changed',
      );
    else answers.notAsked('modeLeftOut', reasonIn(back));
  });
}

function tellLeftOut({ needs, assets }: Draft, answers: Answers, withText: Outcome, withoutText: Outcome, text: string): void {
  if ('failed' in withText || 'failed' in withoutText)
    return answers.notAsked('leftOut', `${reasonIn(withText)}; ${reasonIn(withoutText)}`);
  if ('refused' in withText) return answers.setting('leftOut', 'strict', `an edit of the text alone is ${reasonIn(withText)}`);
  const isRestKept = needs.isKept(withText.post.metadata) && withText.post.assets.length === assets.length;
  const rest = `the rest ${isRestKept ? 'stays' : 'is gone'} after an edit of the text alone`;
  const isTextKept = 'post' in withoutText && withoutText.post.text === text;
  const became = 'refused' in withoutText ? `is ${reasonIn(withoutText)}` : isTextKept ? 'keeps it' : 'empties it';
  const found = `${rest}; an edit without the text ${became}`;
  if (isRestKept && isTextKept) return answers.setting('leftOut', 'merge', found);
  if (!isRestKept && 'refused' in withoutText) return answers.setting('leftOut', 'strict', found);
  if (!isRestKept && !isTextKept) return answers.setting('leftOut', 'replace', found);
  answers.otherwise('leftOut', found);
}

function tellTextAlone({ needs, assets }: Draft, answers: Answers, service: string, withText: Outcome): void {
  if ('failed' in withText) return;
  if (service === 'instagram') return answers.whether('instagramAlone', 'refused' in withText, reasonIn(withText));
  if (service !== 'tiktok' && service !== 'googlebusiness') return;
  const isLost = 'refused' in withText || withText.post.assets.length < assets.length || !needs.isKept(withText.post.metadata);
  answers.whether(
    'othersAlone',
    isLost,
    'refused' in withText ? reasonIn(withText) : isLost ? 'taken, and the rest is gone' : 'taken, and the rest stays',
  );
}

async function askDetails(draft: Draft, answers: Answers): Promise<void> {
  const { least } = draft.needs;
  if (!least) return answers.notAsked('detailsWiped', 'this network needs all of its metadata');
  await attempt(answers, ['detailsWiped'], async () => {
    const outcome = await draft.edit({ ...draft.whole, metadata: least });
    if (!('post' in outcome)) return answers.notAsked('detailsWiped', reasonIn(outcome));
    const isKept = draft.needs.isKept(outcome.post.metadata);
    answers.whether('detailsWiped', !isKept, isKept ? 'it stays' : 'it is gone');
  });
}

async function askBackToDrafts(draft: Draft, answers: Answers): Promise<void> {
  await attempt(answers, ['backToDrafts'], async () => {
    const outcome = await draft.edit({ ...draft.whole, saveToDraft: true });
    answers.whether('backToDrafts', 'post' in outcome && outcome.post.status === 'draft', reasonIn(outcome));
  });
}

function isSameMinute(read: string | null, sent: string): boolean {
  return read !== null && Math.floor(Date.parse(read) / 60_000) === Math.floor(Date.parse(sent) / 60_000);
}
