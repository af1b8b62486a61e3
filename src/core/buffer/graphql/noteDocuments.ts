import { graphql } from './documents.ts';

/** What people of the organization wrote on a post to each other: experimental, and with a permission of its own. */
export const notesQuery = graphql(`
  query CollaborationNotes($postId: PostId!, $first: Int!) {
    collaborationNotes(first: $first, input: { subject: { postId: $postId } }) {
      edges {
        node {
          text
          createdAt
          author {
            name
            email
            isDeleted
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** As `documents`. */
export const noteDocuments = { CollaborationNotes: notesQuery };
