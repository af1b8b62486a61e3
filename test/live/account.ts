import { failureOf, type Json, type Service } from './service.ts';

/** What the questions are asked about. Nothing that tells whose it is gets into the table, which is for everybody. */
export interface Account {
  readonly id: string;
  readonly organizations: readonly Organization[];
  /** The one that the named channel belongs to, else the first. */
  readonly organization: Organization;
  readonly channels: readonly Channel[];
  /** The one that was named. */
  readonly channel?: Channel;
}

export interface Organization {
  readonly id: string;
  readonly scheduledPosts: number | undefined;
}

export interface Channel {
  readonly id: string;
  /** For who runs it alone. */
  readonly name: string;
  readonly service: string;
  readonly type: string;
  readonly isLocked: boolean;
  readonly isDisconnected: boolean;
}

/** What the Free plan lets wait. */
const freePlan = 10;

export const isFree = ({ scheduledPosts = Infinity }: Organization): boolean => scheduledPosts <= freePlan;

const channelFields = '{ id organizationId name service type isLocked isDisconnected }';

/**
 * Whose key it is; without an answer to this there is nothing to ask.
 * @throws Error in words for whoever runs it
 */
export async function readAccount(service: Service, channelId: string | undefined): Promise<Account> {
  const answer = await service.ask('query CheckAccount { account { id organizations { id limits { scheduledPosts } } } }');
  if (answer.status === 401)
    throw new Error('Buffer does not take this key. Make one at https://publish.buffer.com/settings/api and put it into BUFFER_API_KEY.');
  const { account } = answer.data;
  const organizations: Organization[] = (account?.organizations ?? []).map(({ id, limits }: Json) => ({
    id,
    scheduledPosts: limits?.scheduledPosts,
  }));
  if (!organizations[0]) throw new Error(`Your account could not be read: ${failureOf(answer)}.`);
  const named = channelId === undefined ? undefined : await readChannel(service, channelId);
  const organization = organizations.find(({ id }) => id === named?.organizationId) ?? organizations[0];
  return { id: account.id, organizations, organization, channels: await readChannels(service, organization.id), channel: named };
}

/** The channels of an organization; none where they cannot be read. */
export async function readChannels(service: Service, organizationId: string): Promise<Channel[]> {
  const query = `query CheckChannels($organizationId: OrganizationId!) { channels(input: { organizationId: $organizationId })
    ${channelFields} }`;
  const { data } = await service.ask(query, { organizationId });
  return data.channels ?? [];
}

async function readChannel(service: Service, id: string): Promise<Channel & { organizationId: string }> {
  const answer = await service.ask(`query CheckChannel($id: ChannelId!) { channel(input: { id: $id }) ${channelFields} }`, { id });
  if (!answer.data.channel) throw new Error(`The channel that --channel names could not be read: ${failureOf(answer)}.`);
  return answer.data.channel;
}
