import { isFree, readChannels, type Account } from './account.ts';
import type { Answers } from './answers.ts';
import { attempt } from './attempt.ts';
import { failureOf, type Answer, type Json, type Service } from './service.ts';

// Questions that change nothing. They are asked of the whole organization, and of updates only what they are, never
// what they say.

/** Everything that can be read. */
export async function askReading(service: Service, answers: Answers, account: Account, hasIdFilter: boolean | undefined): Promise<void> {
  tellRateLimit(service, answers);
  await askFilter(service, answers, account);
  await askPageSize(service, answers, account, hasIdFilter);
  await askPosts(service, answers, account);
  await askLimits(service, answers, account);
  await askWrongIds(service, answers, account);
  await askUserAgent(service, answers);
}

function tellRateLimit({ rateLimit, budget }: Service, answers: Answers): void {
  if (rateLimit === undefined) return answers.otherwise('rateLimitForm', 'there is no such header');
  if (budget.length === 0) return answers.otherwise('rateLimitForm', `it cannot be parsed: ${rateLimit}`);
  answers.setting('rateLimitForm', rateLimit.includes('-in-1day"') ? 'measured' : 'documented', rateLimit);
}

async function askFilter(service: Service, answers: Answers, { organization }: Account): Promise<void> {
  await attempt(answers, ['approvalFilter'], async () => {
    const list = (alias: string, ...status: string[]) =>
      `${alias}: posts(first: 100, input: { organizationId: $id, filter: { status: [${status.join(', ')}] } }) { edges { node { id } } }`;
    const query = `query CheckFilter($id: OrganizationId!) {
      ${list('scheduled', 'scheduled')} ${list('waiting', 'needs_approval')} ${list('both', 'scheduled', 'needs_approval')}
      ${list('others', 'draft', 'scheduled', 'sending', 'sent', 'error')} }`;
    const answer = await service.ask(query, { id: organization.id });
    if (answer.errors.length > 0) return answers.otherwise('approvalFilter', failureOf(answer));
    const [scheduled, waiting, both, others] = ['scheduled', 'waiting', 'both', 'others'].map(
      (alias) => nodesOf(answer.data[alias]).length,
    ) as [number, number, number, number];
    const counts = `scheduled ${scheduled}, needs_approval ${waiting}, both in one list ${both}, the other five ${others}`;
    if (scheduled === 0) return answers.notAsked('approvalFilter', 'nothing is scheduled');
    if (both === 0) return answers.setting('approvalFilter', 'empty', `nothing: ${counts}`);
    if (both < Math.min(100, scheduled + waiting)) return answers.otherwise('approvalFilter', `a part: ${counts}`);
    // Where none waits for approval, a list that is whole says nothing of those that do.
    answers.setting('approvalFilter', 'combined', `what it names: ${counts}`);
  });
}

async function askPageSize(service: Service, answers: Answers, { organization }: Account, hasIdFilter: boolean | undefined): Promise<void> {
  await attempt(answers, ['pageSize'], async () => {
    const query = `query CheckPageSize($id: OrganizationId!) { posts(first: 101, input: { organizationId: $id }) { edges { cursor }
      pageInfo {
        hasNextPage } } }`;
    const answer = await service.ask(query, { id: organization.id });
    const found = answer.data.posts?.edges?.length ?? 0;
    const filter = hasIdFilter === undefined ? '' : hasIdFilter ? '; there is a filter by ids' : '; there is no filter by ids';
    if (answer.errors.length > 0) return answers.whether('pageSize', !hasIdFilter, `101 are refused (${failureOf(answer)})${filter}`);
    if (found < 100) return answers.notAsked('pageSize', 'there are fewer than a hundred updates');
    answers.whether('pageSize', found === 100 && !hasIdFilter, `${found} came where 101 were asked for${filter}`);
  });
}

async function askPosts(service: Service, answers: Answers, { organization }: Account): Promise<void> {
  await attempt(answers, ['viaNetwork', 'likes', 'figures', 'allowedActions'], async () => {
    const query = `query CheckPosts($id: OrganizationId!) {
      sent: posts(first: 100, input: { organizationId: $id, filter: { status: [sent] }, sort: [{ field: dueAt, direction: desc }] }) {
        edges { node { via channelService metrics { type } } } }
      scheduled: posts(first: 100, input: { organizationId: $id, filter: { status: [scheduled] } }) { edges { node { isCustomScheduled
        allowedActions } } } }`;
    const answer = await service.ask(query, { id: organization.id });
    askFigures(answers, answer);
    const sent = nodesOf(answer.data.sent);
    const outside = sent.filter(({ via }) => via === 'network').length;
    if (outside > 0) answers.asTheSheetSays('viaNetwork', `${outside} of ${sent.length}`);
    else answers.notAsked('viaNetwork', `none of the last ${sent.length} sent ones was made outside`);
    tellLikes(answers, sent);
    tellActions(
      answers,
      nodesOf(answer.data.scheduled).filter(({ isCustomScheduled }) => isCustomScheduled),
    );
  });
}

function askFigures(answers: Answers, answer: Answer): void {
  const refusals = answer.errors.filter(({ code, message }) => /UNAUTHORIZED|FORBIDDEN/u.test(code) || message.includes('insights:read'));
  if (refusals.length === 0) return answers.notAsked('figures', 'your key may read metrics');
  answers.whether('figures', nodesOf(answer.data.sent).length > 0, failureOf({ ...answer, errors: refusals.slice(0, 1) }));
}

function tellLikes(answers: Answers, sent: readonly Json[]): void {
  const types = sent
    .filter(({ channelService }) => ['tiktok', 'instagram'].includes(channelService))
    .flatMap(({ metrics }) => (metrics ?? []).map(({ type }: Json) => type));
  if (types.length === 0) return answers.notAsked('likes', 'no sent update of TikTok or Instagram has figures');
  answers.whether('likes', !types.includes('likes'), [...new Set<string>(types)].join(', '));
}

/** What may be done with updates that have a time of their own. */
export function tellActions(answers: Answers, timed: readonly Json[]): void {
  if (timed.length === 0) return answers.notAsked('allowedActions', 'no scheduled update has a time of its own');
  const actions = new Set<string>(timed.flatMap(({ allowedActions }) => allowedActions));
  answers.whether('allowedActions', !actions.has('addPostToQueue'), [...actions].join(', '));
}

async function askLimits(service: Service, answers: Answers, account: Account): Promise<void> {
  const query = 'query CheckDailyLimits($ids: [ChannelId!]!) { dailyPostingLimits(input: { channelIds: $ids }) { channelId limit } }';
  const { organization, organizations, channels } = account;
  const [first] = channels;
  let ours: Answer | undefined;
  await attempt(answers, ['limits', 'dailyLimits'], async () => {
    const onX = channels.filter(({ service: name }) => name === 'twitter').map(({ id }) => id);
    if (first) ours = await service.ask(query, { ids: onX.length > 0 ? onX : [first.id] });
    const daily: number[] = onX.length > 0 ? (ours?.data.dailyPostingLimits ?? []).map(({ limit }: Json) => limit) : [];
    tellLimits(answers, account, daily);
  });
  await attempt(answers, ['dailyLimits'], async () => {
    if (!ours) return answers.notAsked('dailyLimits', 'there are no channels');
    if (ours.errors.length > 0) return answers.setting('dailyLimits', 'fails', failureOf(ours));
    const other = organizations.find(({ id }) => id !== organization.id);
    const theirs = other && (await readChannels(service, other.id))[0];
    if (!theirs) return answers.notAsked('dailyLimits', 'you have one organization with channels');
    const both = await service.ask(query, { ids: [first!.id, theirs.id] });
    if (both.errors.length > 0) answers.setting('dailyLimits', 'works', `for one organization it answers; for two: ${failureOf(both)}`);
    else answers.otherwise('dailyLimits', 'both are told');
  });
}

function tellLimits(answers: Answers, { organization }: Account, daily: readonly number[]): void {
  const { scheduledPosts } = organization;
  const found = `${scheduledPosts ?? 'no number of'} scheduled${daily.length > 0 ? `, X ${daily.join(' and ')} a day` : ''}`;
  if (!isFree(organization) && daily.length === 0) return answers.notAsked('limits', `you are not on the Free plan (${found})`);
  answers.whether(
    'limits',
    (!isFree(organization) || scheduledPosts === 10) && daily.every((limit) => limit === 50 || limit === 100),
    found,
  );
}

async function askWrongIds(service: Service, answers: Answers, { id: organizationId }: Account): Promise<void> {
  await attempt(answers, ['wrongOrganization'], async () => {
    // The mistake that was reported: an account's id where its organization's should be.
    const query = 'query CheckOrganization($id: OrganizationId!) { channels(input: { organizationId: $id }) { id } }';
    const answer = await service.ask(query, { id: organizationId }, { isMeantToFail: true });
    if (answer.data.channels) return answers.otherwise('wrongOrganization', 'channels came');
    const isSaid = answer.errors.some(({ message }) => message.includes('Organization not found'));
    if (isSaid && answer.status === 500) answers.setting('wrongOrganization', 'serverError', failureOf(answer));
    else if (isSaid && answer.status === 200) answers.setting('wrongOrganization', 'notFound', failureOf(answer));
    else answers.otherwise('wrongOrganization', failureOf(answer));
  });
  await attempt(answers, ['unknownChannel'], async () => {
    const query = 'query CheckUnknown($id: ChannelId!) { channel(input: { id: $id }) { id } }';
    const answer = await service.ask(query, { id: 'f'.repeat(24) }, { isMeantToFail: true });
    answers.whether(
      'unknownChannel',
      answer.errors.some(({ message }) => message.includes('Channel not found')),
      failureOf(answer),
    );
  });
}

/** Asks under others' names, and so without the key. */
async function askUserAgent(service: Service, answers: Answers): Promise<void> {
  await attempt(answers, ['userAgent'], async () => {
    const ask = (userAgent: string) => service.ask('query CheckUserAgent { __typename }', {}, { isKeyless: true, userAgent });
    const python = await ask('Python-urllib/3.12');
    if (!isTurnedAway(python)) return answers.setting('userAgent', 'open', spoken(python));
    const node = await ask('node');
    answers.setting('userAgent', isTurnedAway(node) ? 'nameless' : 'python', `Python: ${spoken(python)}; Node: ${spoken(node)}`);
  });
}

const isPage = ({ headers }: Answer) => (headers.get('content-type') ?? '').includes('html');
const isTurnedAway = (answer: Answer) => answer.status === 403 && isPage(answer);
const spoken = (answer: Answer) =>
  `status ${answer.status} and ${isPage(answer) ? 'a page' : answer.isGraphql ? 'GraphQL' : 'neither a page nor GraphQL'}`;

/** What failed in passing during the run, said once it is over. */
export function tellPassing(service: Service, answers: Answers): void {
  if (service.passing.length > 0) answers.asTheSheetSays('passingFailures', service.passing.join(', '));
  else answers.notAsked('passingFailures', 'none came up in this run');
}

function nodesOf(page: Json): Json[] {
  return (page?.edges ?? []).map(({ node }: Json) => node);
}
