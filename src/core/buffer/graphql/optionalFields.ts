import { isPostInput } from './fieldTypes.ts';
import { cardPlaces } from './untold.ts';

/**
 * Without these there is nothing to show, or nothing to send: where the service's schema lacks one, its refusal is told.
 * All else that our documents ask for and our posts hold may be missing. Coordinates of the schema.
 */
const needed = new Set([
  ...['account', 'channel', 'channels', 'ideas', 'post', 'posts', 'tagsV2'].map((name) => `Query.${name}`),
  ...['createIdea', 'createPost', 'createTag', 'deletePost', 'editPost', 'movePostInQueue'].map((name) => `Mutation.${name}`),
  ...['Account.id', 'Account.organizations', 'Organization.id', 'Channel.id', 'Channel.service', 'ScheduleV2.day'],
  ...['DailyPostingLimitStatus.channelId', 'PinterestBoard.serviceId'],
  ...['PostsResults.edges', 'PostsResults.pageInfo', 'PostsEdge.node', 'PaginationPageInfo.hasNextPage', 'PaginationPageInfo.endCursor'],
  ...['Post', 'Post.id', 'Post.channelId', 'Post.status', 'Post.text', 'ThreadedPost.text', 'RetweetMetadata.id'],
  ...['PostActionSuccess', 'PostActionSuccess.post', 'MutationError', 'MutationError.message'],
  ...['IdeasConnection.edges', 'IdeasConnection.pageInfo', 'IdeaEdge.node', 'Idea', 'Idea.id', 'Idea.content', 'IdeaContent.text'],
  // Templates are a preview: where one of these is gone, so are they.
  ...['postTemplate', 'postTemplates'].map((name) => `Query.${name}`),
  ...['createPostTemplate', 'deletePostTemplate', 'updatePostTemplate'].map((name) => `Mutation.${name}`),
  ...['PostTemplatesConnection.edges', 'PostTemplatesConnection.pageInfo', 'PostTemplateEdge.node'],
  ...['PostTemplateId', 'PostTemplate', 'PostTemplate.id', 'PostTemplate.title', 'PostTemplate.body'],
  ...['CreatePostTemplateSuccess', 'CreatePostTemplateSuccess.postTemplate'],
  ...['UpdatePostTemplateSuccess', 'UpdatePostTemplateSuccess.postTemplate'],
  ...['CreatePostInput', 'CreatePostInput.channelId', 'CreatePostInput.text', 'CreatePostInput.mode'],
  ...['EditPostInput', 'EditPostInput.id', 'EditPostInput.text'],
]);

/** Arguments that narrow an answer which is narrowed again here. */
const optionalArguments = new Set(['Account.organizations(filter:)']);

/** Whether a request makes sense without what a coordinate of the schema names. */
export function mayBeUnknown(coordinate: string): boolean {
  if (needed.has(coordinate)) return false;
  const [type = '', field] = coordinate.split('.');
  if (field?.endsWith(')')) return optionalArguments.has(coordinate);
  return isPostInput(type) ? field !== undefined : !type.endsWith('Input');
}

/** What is announced to go and used all the same, where its substitute is not there, or cannot hold all that it holds. */
export const fallbacks: readonly string[] = [cardPlaces.old, 'AssetInput.link'];

/** Until when a field was announced to be there: from then on only its substitute is asked for, as long as there is one. */
const retired: readonly { readonly name: string; readonly on: number; readonly instead: readonly string[] }[] = [
  { name: cardPlaces.old, on: Date.UTC(2026, 11, 15), instead: cardPlaces.new },
];

/** What is not asked for any more at a time of the service. */
export function retiredAt(now: Date, isLeftOut: (coordinate: string) => boolean): readonly string[] {
  return retired.filter(({ on, instead }) => now.getTime() >= on && !instead.some(isLeftOut)).map(({ name }) => name);
}
