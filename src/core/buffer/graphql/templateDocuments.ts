import { errorFields, graphql } from './documents.ts';

/** Templates are a preview of the service's: what is asked here can be withdrawn. */

const templateFields = graphql(`
  fragment TemplateFields on PostTemplate {
    id
    title
    body
    description
    emoji
    visibility
    createdAt
    updatedAt
  }
`);

export const templatesQuery = graphql(
  `
    query PostTemplates($organizationId: OrganizationId!, $first: Int!, $after: String) {
      postTemplates(first: $first, after: $after, input: { organizationId: $organizationId }) {
        edges {
          node {
            ...TemplateFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [templateFields],
);

/** One template as it is now; null where it is gone. */
export const templateQuery = graphql(
  `
    query PostTemplate($id: PostTemplateId!) {
      postTemplate(input: { id: $id }) {
        ...TemplateFields
      }
    }
  `,
  [templateFields],
);

export const createTemplateMutation = graphql(
  `
    mutation CreatePostTemplate($input: CreatePostTemplateInput!) {
      createPostTemplate(input: $input) {
        __typename
        ... on CreatePostTemplateSuccess {
          postTemplate {
            ...TemplateFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [templateFields, errorFields],
);

export const updateTemplateMutation = graphql(
  `
    mutation UpdatePostTemplate($input: UpdatePostTemplateInput!) {
      updatePostTemplate(input: $input) {
        __typename
        ... on UpdatePostTemplateSuccess {
          postTemplate {
            ...TemplateFields
          }
        }
        ...ErrorFields
      }
    }
  `,
  [templateFields, errorFields],
);

export const deleteTemplateMutation = graphql(
  `
    mutation DeletePostTemplate($id: PostTemplateId!) {
      deletePostTemplate(input: { id: $id }) {
        __typename
        ...ErrorFields
      }
    }
  `,
  [errorFields],
);

/** The documents about templates by what they are called in the log and in an answer's errors. */
export const templateDocuments = {
  PostTemplates: templatesQuery,
  PostTemplate: templateQuery,
  CreatePostTemplate: createTemplateMutation,
  UpdatePostTemplate: updateTemplateMutation,
  DeletePostTemplate: deleteTemplateMutation,
};
