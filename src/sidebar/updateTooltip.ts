import * as vscode from 'vscode';
import type { Attachment, Update } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import type { QueueStore } from '../core/queue/queueStore.ts';
import { longTime } from '../core/time/formatTime.ts';
import { closedWords } from '../ui/closedWords.ts';
import { inNumbers } from '../ui/numbers.ts';
import { isolated } from '../ui/profileNames.ts';
import { tagWords } from '../ui/tagWords.ts';
import { updateFacts } from '../ui/updateFacts.ts';
import type { Avatars } from './avatars.ts';
import type { UpdateNode } from './queueNodes.ts';
import { isPastReminder, locale, plainTooltip, reminderWords, timeOf } from './rowText.ts';

/** More than a tooltip can show, and far less than a text can hold. */
const longestTooltip = 5_000;

/** As the text is, with a picture above it where the update has one that is there soon enough. */
export async function picturedTooltip(
  node: UpdateNode,
  store: QueueStore,
  pictures: Pick<Avatars, 'thumbnailOf'>,
  isAmongAll = false,
): Promise<vscode.MarkdownString | string | undefined> {
  const update = store.update(node.updateId);
  const address = update && pictureOf(update);
  const file = address && (await pictures.thumbnailOf(address));
  // Who sees a picture has no use for its address.
  const words = updateTooltip(node, store, { seen: file ? address : undefined, isAmongAll });
  return file && words ? withPicture(words, file) : words;
}

/** What is shown of an update: its first picture, or one that stands for its first file. */
function pictureOf({ attachments = [], media }: Update): string | undefined {
  const [first] = attachments;
  return first ? (first.thumbnail ?? (first.kind === 'picture' ? first.url : undefined)) : media?.picture;
}

/** Words that stay what they are: VS Code would make links of addresses, and much else of other signs. */
function withPicture(words: string, file: vscode.Uri): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown(`![](${file.toString()}|width=240)\n\n`);
  tooltip.appendText(words.replace(/:\/\/|www\.|@/giu, (sign) => `${sign[0]}\u2060${sign.slice(1)}`));
  return tooltip;
}

/**
 * The whole update: text, media, times, statistics, and why it failed.
 * @param seen        the address of the picture that is shown above it
 * @param isAmongAll  it stands among updates of other profiles, and says whose it is
 */
export function updateTooltip(
  node: UpdateNode,
  store: QueueStore,
  { seen, isAmongAll = false }: { readonly seen?: string | undefined; readonly isAmongAll?: boolean } = {},
): string | undefined {
  const update = store.update(node.updateId);
  if (!update) return undefined;
  const profile = store.profile(node.profileId);
  const style = { locale: locale(), timeZone: profile?.timeZone ?? 'UTC' };
  const { media, failure, statistics } = update;
  const numbers = Object.entries(statistics).map(([name, value]) => `${name} ${inNumbers(value)}`);
  return plainTooltip(
    isAmongAll && profile && vscode.l10n.t('{0} on {1}', isolated(profile.name), networkOf(profile.service).label),
    update.text.length > longestTooltip ? `${update.text.slice(0, longestTooltip)}…` : update.text,
    media?.link && vscode.l10n.t('Link: {0}', [media.title, media.link].filter(Boolean).join(' – ')),
    ...attachmentWords(update, seen),
    failure && vscode.l10n.t('Not sent: {0}', failure.message),
    failure?.helpUrl && vscode.l10n.t('Help: {0}', failure.helpUrl),
    ...detailWords(update),
    update.status === 'draft' && vscode.l10n.t('Draft at Buffer: it does not go out by itself.'),
    update.status === 'needsApproval' && vscode.l10n.t('Waiting for approval: it goes out once somebody at Buffer approves it.'),
    update.isMarkedAsPublished && reminderWords(update),
    timeWords(update, style),
    numbers.length > 0 && numbers.join(' · '),
    updateFacts(update, style.timeZone).join('\n'),
  );
}

/** When it went out, or is to. */
function timeWords(update: Update, style: Parameters<typeof longTime>[1]): string | undefined {
  const time = timeOf(update);
  if (update.sentAt && !isPastReminder(update)) return vscode.l10n.t('Sent {0}', longTime(update.sentAt, style));
  if (!time)
    return update.status === 'pending'
      ? vscode.l10n.t('No time set: this profile has no posting times, or its queue is paused.')
      : undefined;
  return isPastReminder(update) ? vscode.l10n.t('Reminded {0}', longTime(time, style)) : vscode.l10n.t('Due {0}', longTime(time, style));
}

/** What an update carries beside text and media. */
function detailWords(update: Update): (string | undefined)[] {
  const { details, isReminder, tags, closed } = update;
  return [
    details?.title && vscode.l10n.t('Title: {0}', details.title),
    ...(details?.thread ?? []).map((text, index) => vscode.l10n.t('Thread, {0}: {1}', index + 2, text)),
    details?.firstComment && vscode.l10n.t('First comment: {0}', details.firstComment),
    isReminder && !isPastReminder(update) ? vscode.l10n.t('You are reminded to publish it yourself.') : undefined,
    tags?.length ? vscode.l10n.t('Tags: {0}', tagWords(tags)) : undefined,
    closed?.length ? closedWords(closed) : undefined,
  ];
}

/** Every file in its order, with what describes it; of a link's card, its picture. */
function attachmentWords({ media, attachments, threadAttachments = [] }: Update, seen?: string): (string | undefined)[] {
  const files = attachments ?? (media?.video ? [{ kind: 'video' as const, url: media.video }] : []);
  const card =
    media?.picture && !files.length
      ? [{ kind: 'picture' as const, url: media.picture, description: media.link ? undefined : media.description }]
      : [];
  const parts = threadAttachments.flatMap((each, index) =>
    each.map((file) => vscode.l10n.t('Thread, {0}: {1}', index + 2, attachmentWord(file) ?? '')),
  );
  return [...[...files, ...card].map((file) => attachmentWord(file, seen)), ...parts];
}

function attachmentWord(
  { kind, url, thumbnail, description, title, taggedUsers = [], isAnimated }: Attachment,
  seen?: string,
): string | undefined {
  const tagged = taggedUsers.map(({ handle }) => `@${handle}`).join(', ');
  const isSeen = seen !== undefined && (seen === url || seen === thumbnail);
  const about = [description ?? title, tagged, !isSeen && url].filter(Boolean).join(' – ');
  if (!about) return undefined;
  if (isAnimated) return vscode.l10n.t('GIF: {0}', about);
  if (kind === 'video') return vscode.l10n.t('Video: {0}', about);
  return kind === 'document' ? vscode.l10n.t('Document: {0}', about) : vscode.l10n.t('Picture: {0}', about);
}
