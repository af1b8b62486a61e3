import { graphql } from './documents.ts';

const measuredPosts = graphql(`
  fragment MeasuredPosts on PostsResults {
    edges {
      node {
        id
        channelId
        channelService
        status
        text
        dueAt
        sentAt
        externalLink
        tags {
          id
          name
          color
        }
        metrics {
          type
          value
        }
        metricsUpdatedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

/**
 * A page of what was sent in a time, on all channels, with what became of it and no more; with the first one what has no due
 * time, and the sums.
 */
export const figuresQuery = graphql(
  `
    query Figures(
      $input: PostsInput!
      $first: Int!
      $after: String
      $period: AggregatedPostMetricsInput!
      $before: AggregatedPostMetricsInput!
      $undated: PostsInput!
      $isFirst: Boolean!
      $wantsSums: Boolean!
    ) {
      posts(first: $first, after: $after, input: $input) {
        ...MeasuredPosts
      }
      undated: posts(first: $first, input: $undated) @include(if: $isFirst) {
        ...MeasuredPosts
      }
      sums: aggregatedPostMetrics(input: $period) @include(if: $wantsSums) {
        metrics {
          type
          value
        }
        metricsUpdatedAt
      }
      sumsBefore: aggregatedPostMetrics(input: $before) @include(if: $wantsSums) {
        metrics {
          type
          value
        }
        metricsUpdatedAt
      }
    }
  `,
  [measuredPosts],
);

/** As `documents`. */
export const figureDocuments = { Figures: figuresQuery };
