import { errorFields, graphql } from './documents.ts';

const ideaFields = graphql(`
  fragment IdeaFields on Idea {
    id
    groupId
    createdAt
    updatedAt
    content {
      title
      text
      date
      services
      tags {
        id
        name
        color
      }
      media {
        url
        type
        alt
        thumbnailUrl
      }
    }
  }
`);

/** A page of ideas, and with the first one the groups that they stand in: one request. */
export const ideasQuery = graphql(
  `
    query Ideas($organizationId: OrganizationId!, $first: Int!, $after: String, $ofGroups: ID!, $wantsGroups: Boolean!) {
      ideas(first: $first, after: $after, input: { organizationId: $organizationId }) {
        edges {
          node {
            ...IdeaFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      ideaGroups(input: { organizationId: $ofGroups }) @include(if: $wantsGroups) {
        id
        name
        isLocked
      }
    }
  `,
  [ideaFields],
);

export const createIdeaMutation = graphql(
  `
    mutation CreateIdea($input: CreateIdeaInput!) {
      createIdea(input: $input) {
        __typename
        ... on Idea {
          ...IdeaFields
        }
        ... on IdeaResponse {
          idea {
            ...IdeaFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [ideaFields, errorFields],
);

/** The documents about ideas by what they are called in the log and in an answer's errors. */
export const ideaDocuments = { Ideas: ideasQuery, CreateIdea: createIdeaMutation };
