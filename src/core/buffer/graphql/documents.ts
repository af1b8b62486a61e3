import { type DocumentNode, Kind, print, type SelectionSetNode } from '@0no-co/graphql.web';
import { initGraphQLTada, type TadaDocumentNode } from 'gql.tada';
import type { introspection } from './schema.d.ts';

/**
 * What is asked of the current Buffer API. Each document is checked against `buffer.graphql` and gets its types from
 * it when the project is checked; `npm run check` says what no longer fits.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: Record<'AccountId' | 'ChannelId' | 'DateTime' | 'IdeaId' | 'OrganizationId' | 'PostId' | 'PostTemplateId' | 'TagId', string>;
  disableMasking: true;
}>();

const channelFields = graphql(`
  fragment ChannelFields on Channel {
    id
    service
    type
    name
    displayName
    avatar
    timezone
    externalLink
    isDisconnected
    isLocked
    isQueuePaused
    postingSchedule {
      day
      paused
      times
    }
    metadata {
      __typename
      ... on PinterestMetadata {
        boards {
          serviceId
          name
        }
      }
      ... on MastodonMetadata {
        maxCharacters
      }
      ... on TwitterMetadata {
        subscriptionType
      }
    }
  }
`);

const linkFields = graphql(`
  fragment LinkFields on LinkAttachment {
    url
    title
    text
    thumbnail
  }
`);

const assetFields = graphql(`
  fragment AssetFields on Asset {
    __typename
    source
    thumbnail
    ... on ImageAsset {
      image {
        altText
        animatedThumbnail
        isAnimated
        userTags {
          handle
          x
          y
        }
      }
    }
    ... on VideoAsset {
      video {
        title
        thumbnailOffset
      }
    }
    ... on DocumentAsset {
      document {
        title
      }
    }
  }
`);

/**
 * A post with all that the schema's inputs take, so that an edit can send it back as it came; only what a thread's
 * parts carry is left to `ThreadFields`, as lists within lists of lists cost too much.
 */
export const postFields = graphql(
  `
    fragment PostFields on Post {
      __typename
      id
      channelId
      channelService
      status
      text
      createdAt
      updatedAt
      dueAt
      sentAt
      isCustomScheduled
      schedulingType
      notificationStatus
      via
      externalLink
      ideaId
      allowedActions
      author {
        name
        email
        isDeleted
      }
      error {
        message
        supportUrl
      }
      tags {
        id
        name
        color
      }
      assets {
        ...AssetFields
      }
      metadata {
        __typename
        ... on CommonPostMetadata {
          type
          annotations {
            content
            indices
            text
            type
            url
          }
        }
        ... on ThreadedPostMetadata {
          thread {
            text
          }
        }
        ... on TwitterPostMetadata {
          isAiGenerated
          retweet {
            id
          }
        }
        ... on BlueskyPostMetadata {
          linkAttachment {
            ...LinkFields
          }
        }
        ... on ThreadsPostMetadata {
          topic
          locationId
          locationName
          linkAttachment {
            ...LinkFields
          }
        }
        ... on FacebookPostMetadata {
          title
          firstComment
          linkAttachment {
            ...LinkFields
          }
        }
        ... on LinkedInPostMetadata {
          firstComment
          linkAttachment {
            ...LinkFields
          }
        }
        ... on MastodonPostMetadata {
          spoilerText
        }
        ... on InstagramPostMetadata {
          firstComment
          shouldShareToFeed
          isAiGenerated
          link
          geolocation {
            id
            text
          }
          stickerFields {
            music
            other
            products
            text
            topics
          }
        }
        ... on PinterestPostMetadata {
          title
          url
          board {
            serviceId
          }
        }
        ... on TiktokPostMetadata {
          title
          isAiGenerated
        }
        ... on YoutubePostMetadata {
          title
          privacy
          madeForKids
          embeddable
          isAiGenerated
          license
          notifySubscribers
          category {
            categoryId
          }
        }
        ... on GoogleBusinessPostMetadata {
          title
          details {
            __typename
            ... on GoogleBusinessWhatsNewMetaData {
              button
              link
            }
            ... on GoogleBusinessEventMetaData {
              title
              button
              link
              startDate
              endDate
              isFullDayEvent
            }
            ... on GoogleBusinessOfferMetaData {
              title
              code
              terms
              link
              startDate
              endDate
            }
          }
        }
      }
    }
  `,
  [linkFields, assetFields],
);

const threadFields = graphql(
  `
    fragment ThreadFields on Post {
      metadata {
        ... on ThreadedPostMetadata {
          thread {
            text
            assets {
              ...AssetFields
            }
            linkAttachment {
              ...LinkFields
            }
            metadata {
              bluesky {
                linkAttachment {
                  ...LinkFields
                }
              }
              threads {
                linkAttachment {
                  ...LinkFields
                }
              }
            }
          }
        }
      }
    }
  `,
  [linkFields, assetFields],
);

const postsFields = graphql(
  `
    fragment PostsFields on PostsResults {
      edges {
        node {
          ...PostFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [postFields],
);

const limitFields = graphql(`
  fragment LimitFields on DailyPostingLimitStatus {
    channelId
    isAtLimit
    limit
    scheduled
    sent
  }
`);

/** Every member of the mutations' unions that is an error, also one that nobody told us of. */
export const errorFields = graphql(`
  fragment ErrorFields on MutationError {
    __typename
    message
    ... on RestProxyError {
      code
    }
  }
`);

export const accountQuery = graphql(`
  query Account {
    account {
      id
      name
      email
      timezone
      organizations {
        id
        name
      }
    }
  }
`);

/**
 * All that a sidebar begins with: one request. What waits for an approval is asked for by itself, as a filter that has
 * it beside other states finds nothing.
 */
export const overviewQuery = graphql(
  `
    query Overview(
      $organizationId: OrganizationId!
      $failed: PostsInput!
      $dated: PostsInput!
      $undated: PostsInput!
      $datedApprovals: PostsInput!
      $undatedApprovals: PostsInput!
      $wantsApprovals: Boolean!
      $few: Int!
      $first: Int!
      $channelIds: [ChannelId!]!
      $wantsDailyLimits: Boolean!
      $organization: OrganizationFilterInput
      $wantsPlanLimits: Boolean!
    ) {
      channels(input: { organizationId: $organizationId }) {
        ...ChannelFields
      }
      failed: posts(first: $few, input: $failed) {
        ...PostsFields
      }
      dated: posts(first: $first, input: $dated) {
        ...PostsFields
      }
      undated: posts(first: $few, input: $undated) {
        ...PostsFields
      }
      datedApprovals: posts(first: $few, input: $datedApprovals) @include(if: $wantsApprovals) {
        ...PostsFields
      }
      undatedApprovals: posts(first: $few, input: $undatedApprovals) @include(if: $wantsApprovals) {
        ...PostsFields
      }
      dailyPostingLimits(input: { channelIds: $channelIds }) @include(if: $wantsDailyLimits) {
        ...LimitFields
      }
      account @include(if: $wantsPlanLimits) {
        organizations(filter: $organization) {
          id
          limits {
            scheduledPosts
          }
        }
      }
    }
  `,
  [channelFields, postsFields, limitFields],
);

export const channelQuery = graphql(
  `
    query Channel($id: ChannelId!, $wantsDailyLimits: Boolean!) {
      channel(input: { id: $id }) {
        ...ChannelFields
      }
      dailyPostingLimits(input: { channelIds: [$id] }) @include(if: $wantsDailyLimits) {
        ...LimitFields
      }
    }
  `,
  [channelFields, limitFields],
);

/** A page of a queue. What failed comes before all the others, what has no time yet after them. */
export const pendingQuery = graphql(
  `
    query Pending(
      $failed: PostsInput!
      $dated: PostsInput!
      $undated: PostsInput!
      $datedApprovals: PostsInput!
      $undatedApprovals: PostsInput!
      $wantsApprovals: Boolean!
      $few: Int!
      $first: Int!
      $after: String
      $isHead: Boolean!
    ) {
      failed: posts(first: $few, input: $failed) @include(if: $isHead) {
        ...PostsFields
      }
      dated: posts(first: $first, after: $after, input: $dated) {
        ...PostsFields
      }
      undated: posts(first: $few, input: $undated) {
        ...PostsFields
      }
      datedApprovals: posts(first: $few, input: $datedApprovals) @include(if: $wantsApprovals) {
        ...PostsFields
      }
      undatedApprovals: posts(first: $few, input: $undatedApprovals) @include(if: $wantsApprovals) {
        ...PostsFields
      }
    }
  `,
  [postsFields],
);

export const sentQuery = graphql(
  `
    query Sent($input: PostsInput!, $first: Int!, $after: String, $wantsMetrics: Boolean!) {
      posts(first: $first, after: $after, input: $input) {
        edges {
          node {
            ...PostFields
            metrics @include(if: $wantsMetrics) {
              type
              name
              value
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [postFields],
);

/** What came about lately, in whatever state it is. */
export const recentQuery = graphql(
  `
    query Recent($input: PostsInput!, $first: Int!, $after: String) {
      posts(first: $first, after: $after, input: $input) {
        ...PostsFields
      }
    }
  `,
  [postsFields],
);

export const postQuery = graphql(
  `
    query Post($id: PostId!) {
      post(input: { id: $id }) {
        ...PostFields
        ...ThreadFields
      }
    }
  `,
  [postFields, threadFields],
);

export const createPostMutation = graphql(
  `
    mutation CreatePost($input: CreatePostInput!) {
      createPost(input: $input) {
        __typename
        ... on PostActionSuccess {
          post {
            ...PostFields
            ...ThreadFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [postFields, threadFields, errorFields],
);

export const editPostMutation = graphql(
  `
    mutation EditPost($input: EditPostInput!) {
      editPost(input: $input) {
        __typename
        ... on PostActionSuccess {
          post {
            ...PostFields
            ...ThreadFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [postFields, threadFields, errorFields],
);

export const deletePostMutation = graphql(
  `
    mutation DeletePost($id: PostId!) {
      deletePost(input: { id: $id }) {
        __typename
        ...ErrorFields
      }
    }
  `,
  [errorFields],
);

export const moveToTopMutation = graphql(
  `
    mutation MoveToTop($id: PostId!) {
      movePostInQueue(input: { id: $id, position: top }) {
        __typename
        ... on PostActionSuccess {
          post {
            ...PostFields
            ...ThreadFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [postFields, threadFields, errorFields],
);

/** The documents about profiles and posts by what they are called in the log and in an answer's errors. */
export const documents = {
  Account: accountQuery,
  Overview: overviewQuery,
  Channel: channelQuery,
  Pending: pendingQuery,
  Sent: sentQuery,
  Recent: recentQuery,
  Post: postQuery,
  CreatePost: createPostMutation,
  EditPost: editPostMutation,
  DeletePost: deletePostMutation,
  MoveToTop: moveToTopMutation,
};

/** The texts of a document, printed once. */
const texts = new WeakMap<DocumentNode, string>();

/** A document as it is sent. */
export function textOf(document: DocumentNode): string {
  let text = texts.get(document);
  if (text === undefined) texts.set(document, (text = print(document)));
  return text;
}

/**
 * `createPost` several times in one request, as `post0`, `post1` … with the inputs `input0`, `input1` …: the service
 * counts requests, so a post to three channels costs one.
 */
export function createPosts(count: number): TadaDocumentNode<Record<`post${number}`, unknown>, Record<`input${number}`, unknown>> {
  const [operation, ...fragments] = (createPostMutation as unknown as DocumentNode).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new TypeError('No operation.');
  const [variable] = operation.variableDefinitions!;
  const [field] = operation.selectionSet.selections;
  if (!variable || field?.kind !== Kind.FIELD) throw new TypeError('No field.');
  const numbers = Array.from({ length: count }, (_, index) => index);
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const input = (index: number) => ({ kind: Kind.VARIABLE, name: name(`input${index}`) }) as const;
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: numbers.map((index) => ({
      ...field,
      alias: name(`post${index}`),
      arguments: [{ kind: Kind.ARGUMENT, name: name('input'), value: input(index) }],
    })),
  };
  const variableDefinitions = numbers.map((index) => ({ ...variable, variable: input(index) }));
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions, selectionSet }, ...fragments] };
}
