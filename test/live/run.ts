import type { BudgetWindow } from '../../src/core/buffer/model.ts';
import { readAccount, type Account, type Channel } from './account.ts';
import { Answers, type Row } from './answers.ts';
import { attempt, reasonOf } from './attempt.ts';
import { askCreating, makeDraft } from './creatingQuestions.ts';
import { Draft } from './draft.ts';
import { askEditing } from './editingQuestions.ts';
import { needsOf, type Needs } from './needs.ts';
import { askReading, tellPassing } from './readingQuestions.ts';
import { askSchema } from './schemaQuestions.ts';
import { Service, Stopped, type ServiceOptions } from './service.ts';

export interface CheckOptions extends ServiceOptions {
  /** The id of the channel that the draft is made on; left out, nothing is written. */
  readonly channel?: string;
  /** A public address of a picture, for the networks that need one. */
  readonly picture?: string;
  readonly now?: () => Date;
}

export interface Report {
  readonly rows: readonly Row[];
  /** Of the draft, such as `linkedin page`. */
  readonly askedOn: string | undefined;
  /** That a draft could be made on; for who runs it alone. */
  readonly channels: readonly Channel[];
  readonly requests: number;
  readonly budget: readonly BudgetWindow[];
  /** The text by which the update begins that could not be deleted, and why. */
  readonly leftBehind: string | undefined;
}

/**
 * Asks the service everything that it can be asked without publishing anything.
 * @throws Error where it cannot even begin
 */
export async function checkLive(options: CheckOptions): Promise<Report> {
  const service = new Service(options);
  const answers = new Answers();
  let why = 'an answer that it needs did not come';
  let onChannel = options.channel === undefined ? 'no channel was named with --channel' : why;
  let askedOn: string | undefined;
  let channels: readonly Channel[] = [];
  let leftBehind: string | undefined;
  try {
    const { hasIdFilter } = await askSchema(service, answers);
    const account = await readAccount(service, options.channel);
    channels = account.channels.filter((channel) => !whyNot(channel, needsOf(channel), options.picture ?? ''));
    await askReading(service, answers, account, hasIdFilter);
    if (account.channel) {
      askedOn = `${account.channel.service} ${account.channel.type}`;
      const needs = needsOf(account.channel);
      onChannel = whyNot(account.channel, needs, options.picture) ?? 'this network, plan or kind of channel has nothing of it';
      if (needs && !whyNot(account.channel, needs, options.picture)) {
        ({ leftBehind, reason: onChannel = onChannel } = await withDraft(service, answers, account, account.channel, needs, options));
      }
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    why = error.message;
    if (options.channel !== undefined) onChannel = why;
  }
  tellPassing(service, answers);
  return { rows: answers.rows(why, onChannel), askedOn, channels, requests: service.requests, budget: service.budget, leftBehind };
}

/** What keeps a draft from being made on a channel. */
function whyNot({ isLocked, isDisconnected, service }: Channel, needs: Needs | undefined, picture: string | undefined): string | undefined {
  if (isLocked) return 'the channel is locked';
  if (isDisconnected) return 'the channel is disconnected';
  if (!needs) return `a draft for ${service} takes more than a text and a picture; name another channel`;
  return needs.needsPicture && picture === undefined ? `${service} needs a picture: name one with --picture` : undefined;
}

/** Makes the draft, asks with it, and deletes it however that ends. */
async function withDraft(
  service: Service,
  answers: Answers,
  account: Account,
  channel: Channel,
  needs: Needs,
  { picture, now = () => new Date() }: CheckOptions,
): Promise<{ leftBehind?: string; reason?: string }> {
  const draft = new Draft(service, channel, account.organization.id, needs, picture, now);
  let reason: string | undefined;
  try {
    const refusal = await makeDraft(draft, answers, channel);
    if (refusal) {
      reason = `the draft was not made: ${refusal}`;
    } else {
      await askEditing(draft, answers, channel);
      await askCreating(draft, answers, account, channel, picture);
      await askDeleting(draft, answers);
    }
  } catch (error) {
    reason = error instanceof Stopped ? error.message : `no answer came (${reasonOf(error)})`;
  }
  return { reason, leftBehind: await leftAfter(draft) };
}

async function askDeleting(draft: Draft, answers: Answers): Promise<void> {
  await attempt(answers, ['goneTwice'], async () => {
    const first = await draft.delete();
    if (first) return answers.notAsked('goneTwice', first);
    const second = await draft.delete();
    answers.whether('goneTwice', second?.includes('Document not found') ?? false, second ?? 'success');
  });
}

/** Deletes what there is, twice where it has to be; what is left then. */
async function leftAfter(draft: Draft): Promise<string | undefined> {
  let failure: string | undefined;
  for (let attempts = 0; attempts < 2; attempts += 1) {
    try {
      failure = await draft.clean();
      if (!failure) return undefined;
    } catch (error) {
      failure = reasonOf(error);
    }
  }
  return `“${draft.mark}”: ${failure}`;
}
