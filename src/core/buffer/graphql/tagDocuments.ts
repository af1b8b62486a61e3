import { errorFields, graphql } from './documents.ts';

/** The organization's tags, by name: a preview that can be withdrawn (https://developers.buffer.com/guides/tags). */
export const tagsQuery = graphql(`
  query Tags($organizationId: OrganizationId!, $first: Int!, $after: String) {
    tagsV2(first: $first, after: $after, input: { organizationId: $organizationId }) {
      edges {
        node {
          id
          name
          color
          isLocked
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const createTagMutation = graphql(
  `
    mutation CreateTag($organizationId: OrganizationId!, $name: String!, $color: String!) {
      createTag(input: { organizationId: $organizationId, tag: { name: $name, color: $color } }) {
        __typename
        ... on TagActionSuccess {
          tag {
            id
            name
            color
          }
        }
        ...ErrorFields
      }
    }
  `,
  [errorFields],
);

/** As `documents`. */
export const tagDocuments = { Tags: tagsQuery, CreateTag: createTagMutation };
