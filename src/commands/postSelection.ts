import * as vscode from 'vscode';
import type { CharacterCount } from '../core/networks/characterCount.ts';
import type { Profile, ShareTime } from '../core/buffer/model.ts';
import { groupBy } from '../core/collections/groupBy.ts';
import { fieldsFor, takenDetails } from '../core/networks/networkNeeds.ts';
import { networkOf } from '../core/networks/networks.ts';
import { splitText } from '../core/networks/splitThread.ts';
import { characterCounter } from '../core/queue/characterCounter.ts';
import type { Delivery } from '../core/delivery/deliver.ts';
import { withTaggedLinks } from '../core/delivery/tagLinks.ts';
import { profileNames } from '../ui/profileNames.ts';
import { settings, type ShareMode } from '../ui/settings.ts';
import { twinNotes } from '../ui/twinWords.ts';
import { utmRules } from '../ui/utmSetting.ts';
import { unsendableWords } from '../ui/unsendableWords.ts';
import { askForTime } from './askForTime.ts';
import type { CommandContext } from './commandContext.ts';
import { pickProfiles } from './pickProfiles.ts';
import { send } from './send.ts';

/** Posts what is selected in the editor: where, then how, then it is sent. */
export async function postSelection(parts: CommandContext): Promise<void> {
  const texts = await textsToPost(vscode.window.activeTextEditor);
  const title = texts.length === 1 ? vscode.l10n.t('Post Selection') : vscode.l10n.t('Post {0} Selections', texts.length);
  const [unsendable] = texts.flatMap((text) => unsendableWords(text) ?? []);
  if (unsendable) {
    void vscode.window.showErrorMessage(unsendable);
    throw new vscode.CancellationError();
  }
  const countIn = await characterCounter(parts.store);
  const rules = utmRules();
  const { tagged } = await import('../core/networks/utm.ts');
  const sent = (text: string, { service }: Profile) => tagged(text, service, rules);
  const count = (text: string, profile: Profile) => countIn(sent(text, profile), profile);
  const excess = (profile: Profile) =>
    tooLong(
      profile,
      texts.map((text) => count(text, profile)),
    );

  const twins = (profile: Profile, when: ShareTime) =>
    texts.flatMap((text) => twinNotes(parts, profile, { text: sent(text, profile), when }));

  const chosen = await pickProfiles(parts, title, (profile) => excess(profile) ?? twins(profile, 'queue')[0]);
  const split = (text: string, profile: Profile) => partsOf(parts, text, profile, count);
  const { profiles, isThread } = await askAboutOverlong(parts, { texts, chosen, excess, split });
  const twinsAt = (when: ShareTime) => new Set(profiles.flatMap((profile) => twins(profile, when)));
  // What says the same was told beside its profile.
  const note = (when: ShareTime) => [...twinsAt(when)].filter((each) => !twinsAt('queue').has(each)).join(' ') || undefined;
  const when = await pickTime(parts, title, profiles, note);
  if (when === 'now') await confirmNow(texts, profiles, parts.store.profiles.items, note(when));
  await send(
    parts,
    await withTaggedLinks(
      texts.flatMap((text) => deliveriesOf(text, profiles, when, isThread ? split : undefined)),
      rules,
    ),
  );
}

/** What goes out at once cannot be taken back. */
async function confirmNow(
  texts: readonly string[],
  profiles: readonly Profile[],
  among: readonly Profile[],
  note: string | undefined,
): Promise<void> {
  const names = profileNames(profiles, among);
  await confirm(
    texts.length === 1
      ? vscode.l10n.t('Share this update on {0} now?', names)
      : vscode.l10n.t('Share {0} updates on {1} now?', texts.length, names),
    [...texts.map(preview), note].filter(Boolean).join('\n\n'),
    vscode.l10n.t('Share Now'),
  );
}

/** A text as what its network takes: the parts of a thread where it is too long for one, and there are threads; else itself. */
function partsOf({ store }: CommandContext, text: string, profile: Profile, count: Count): readonly string[] {
  const hasThreads = store.capabilities.details && fieldsFor(profile.service).some(({ name }) => name === 'thread');
  const fits = (part: string) => count(part, profile).overflowsAt === undefined;
  if (!hasThreads || fits(text)) return [text];
  const parts = splitText(text, fits, mostParts).map((each) => each.trim());
  return parts.every(fits) ? parts : [text];
}

/** Parts of a thread at most, as in the composer. */
const mostParts = 100;

type Count = (text: string, profile: Profile) => CharacterCount;

/** One for all profiles that get the same. */
function deliveriesOf(
  text: string,
  profiles: readonly Profile[],
  when: ShareTime,
  split: ((text: string, profile: Profile) => readonly string[]) | undefined,
): Delivery[] {
  const byParts = groupBy(profiles, (profile) => JSON.stringify(split?.(text, profile) ?? [text]));
  return [...byParts].map(([key, group]): Delivery => {
    const [first = text, ...thread] = JSON.parse(key) as string[];
    if (thread.length === 0) return { text, profiles: group, when };
    const details = Object.fromEntries(group.map(({ id, service }) => [id, takenDetails(service, { thread })]));
    return { text: first, profiles: group, when, details };
  });
}

/** The selected texts, without the white space around them; the whole document after asking where none is selected. */
async function textsToPost(editor: vscode.TextEditor | undefined): Promise<string[]> {
  if (!editor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and select the text to post.'));
    throw new vscode.CancellationError();
  }
  const { document, selections } = editor;
  const selected = selections
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((selection) => unixLines(document.getText(selection)).trim())
    .filter(Boolean);
  if (selected.length === 1) return selected;
  if (selected.length > 1) {
    await confirm(
      vscode.l10n.t('Post {0} selections as {0} updates?', selected.length),
      vscode.l10n.t('Each selection becomes an update of its own.'),
      vscode.l10n.t('Post Each'),
    );
    return selected;
  }
  const whole = unixLines(document.getText()).trim();
  if (!whole) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no text to post. Write some, or select it.'));
    throw new vscode.CancellationError();
  }
  await confirm(vscode.l10n.t('Nothing is selected. Post the whole document?'), preview(whole), vscode.l10n.t('Post Document'));
  return [whole];
}

/** The networks know no Windows line ends, and would count them twice. */
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function preview(text: string): string {
  const characters = [...text];
  return characters.length > 280 ? `${characters.slice(0, 280).join('')}…` : text;
}

async function confirm(question: string, detail: string, action: string): Promise<void> {
  if ((await vscode.window.showInformationMessage(question, { modal: true, detail }, action)) !== action)
    throw new vscode.CancellationError();
}

/** What to say of texts that a profile's network does not take; undefined where it takes them all. */
function tooLong(profile: Profile, counts: readonly CharacterCount[]): string | undefined {
  const worst = counts.filter(({ overflowsAt }) => overflowsAt !== undefined).sort((a, b) => b.count - a.count)[0];
  return worst && vscode.l10n.t('Too long for {0}: {1} of {2} characters', networkOf(profile.service).label, worst.count, worst.limit);
}

interface Overlong {
  readonly texts: readonly string[];
  readonly chosen: readonly Profile[];
  readonly excess: (profile: Profile) => string | undefined;
  readonly split: (text: string, profile: Profile) => readonly string[];
}

/** Where it goes, after asking what is to become of a text that is too long for some of the chosen profiles. */
async function askAboutOverlong(
  { composers, store }: CommandContext,
  { texts, chosen, excess, split }: Overlong,
): Promise<{ readonly profiles: readonly Profile[]; readonly isThread: boolean }> {
  const overlong = chosen.filter(excess);
  if (overlong.length === 0) return { profiles: chosen, isThread: false };
  const fitting = chosen.filter((profile) => !excess(profile));
  const partCount = (profile: Profile) => Math.max(...texts.map((text) => split(text, profile).length));
  const splittable = overlong.filter((profile) => partCount(profile) > 1);
  const postOthers = vscode.l10n.t('Post to the Others');
  const asThread = vscode.l10n.t('Split into Thread');
  const inComposer = vscode.l10n.t('Open in Composer');
  const lines = overlong.map((profile) => {
    const count = partCount(profile);
    const thread = count > 1 ? vscode.l10n.t('{0}; fits as a thread of {1}', excess(profile)!, count) : excess(profile)!;
    return `${profileNames([profile], store.profiles.items)}: ${thread}`;
  });
  // The others would get nothing.
  const isSplit = splittable.length === overlong.length;
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('The text is too long for {0}.', profileNames(overlong, store.profiles.items)),
    { modal: true, detail: lines.join('\n') },
    ...(isSplit ? [asThread] : []),
    ...(texts.length === 1 ? [inComposer] : []),
    ...(fitting.length ? [postOthers] : []),
  );
  if (choice === asThread) return { profiles: chosen, isThread: true };
  if (choice === postOthers) return { profiles: fitting, isThread: false };
  if (choice === inComposer) await composers.write({ text: texts[0], profileIds: chosen.map(({ id }) => id) });
  throw new vscode.CancellationError();
}

interface ModeItem extends vscode.QuickPickItem {
  readonly mode: ShareMode;
}

/**
 * Asks when: in the queue, first, now, or at a time.
 * @param note  what to say of a time, such as that another update goes out then
 */
async function pickTime(
  { store }: CommandContext,
  title: string,
  profiles: readonly Profile[],
  note: (when: ShareTime) => string | undefined,
): Promise<ShareTime> {
  const items: ModeItem[] = [
    { mode: 'queue', label: vscode.l10n.t('$(clock) Add to Queue'), description: vscode.l10n.t('the next free posting time') },
    { mode: 'next', label: vscode.l10n.t('$(arrow-up) Share Next'), description: vscode.l10n.t('the top of the queue') },
    { mode: 'now', label: vscode.l10n.t('$(send) Share Now'), description: vscode.l10n.t('right away'), detail: note('now') },
    { mode: 'schedule', label: vscode.l10n.t('$(calendar) Schedule…'), description: vscode.l10n.t('a day and time of your own') },
  ];
  // The person's usual way first, so that Enter takes it.
  items.sort((a, b) => Number(b.mode === settings.defaultShareMode) - Number(a.mode === settings.defaultShareMode));
  const names = profiles.length === 1 ? profileNames(profiles, store.profiles.items) : vscode.l10n.t('{0} profiles', profiles.length);
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title} · ${names}`,
    placeHolder: vscode.l10n.t('Choose when to send it'),
    ignoreFocusOut: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.mode === 'schedule'
    ? {
        at: await askForTime(title, profiles, { note: (at) => note({ at }) }),
      }
    : picked.mode;
}
