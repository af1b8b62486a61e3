/**
 * The types of the fields that our documents ask for and our inputs hold, where these are no scalars: what a service says
 * of its schema is in `Type.field`. A test holds this to the kept schema.
 */

const outputs: Readonly<Record<string, string>> = {
  account: 'Account',
  annotations: 'Annotation',
  assets: 'Asset',
  author: 'Author',
  bluesky: 'ThreadItemBlueskyMetadata',
  board: 'PinterestBoard',
  boards: 'PinterestBoard',
  category: 'YoutubeCategory',
  channel: 'Channel',
  aggregatedPostMetrics: 'AggregatedPostMetrics',
  channels: 'Channel',
  'Channel.metadata': 'ChannelMetadata',
  collaborationNotes: 'CollaborationNotesConnection',
  'CollaborationNoteEdge.node': 'CollaborationNote',
  'CollaborationNotesConnection.edges': 'CollaborationNoteEdge',
  createIdea: 'CreateIdeaPayload',
  createPost: 'PostActionPayload',
  createPostTemplate: 'CreatePostTemplatePayload',
  createTag: 'CreateTagPayload',
  dailyPostingLimits: 'DailyPostingLimitStatus',
  deletePost: 'DeletePostPayload',
  deletePostTemplate: 'DeletePostTemplatePayload',
  details: 'GoogleBusinessPostDetails',
  document: 'DocumentMetadata',
  editPost: 'PostActionPayload',
  error: 'PostPublishingError',
  geolocation: 'InstagramGeolocation',
  idea: 'Idea',
  'Idea.content': 'IdeaContent',
  'IdeaContent.media': 'IdeaMedia',
  'IdeaContent.tags': 'PublishingTag',
  'IdeaEdge.node': 'Idea',
  ideaGroups: 'IdeaGroup',
  ideas: 'IdeasConnection',
  'IdeasConnection.edges': 'IdeaEdge',
  image: 'ImageMetadata',
  limits: 'OrganizationLimits',
  linkAttachment: 'LinkAttachment',
  metrics: 'PostMetric',
  movePostInQueue: 'MovePostInQueuePayload',
  organizations: 'Organization',
  pageInfo: 'PaginationPageInfo',
  post: 'Post',
  'Post.metadata': 'PostMetadata',
  postingSchedule: 'ScheduleV2',
  posts: 'PostsResults',
  postTemplate: 'PostTemplate',
  'PostTemplateEdge.node': 'PostTemplate',
  postTemplates: 'PostTemplatesConnection',
  'PostTemplatesConnection.edges': 'PostTemplateEdge',
  'PostsEdge.node': 'Post',
  'PostsResults.edges': 'PostsEdge',
  retweet: 'RetweetMetadata',
  stickerFields: 'InstagramStickerFields',
  tag: 'Tag',
  'TagEdge.node': 'Tag',
  tags: 'Tag',
  'TagConnection.edges': 'TagEdge',
  tagsV2: 'TagConnection',
  thread: 'ThreadedPost',
  'ThreadedPost.metadata': 'ThreadItemMetadata',
  threads: 'ThreadItemThreadsMetadata',
  updatePostTemplate: 'UpdatePostTemplatePayload',
  userTags: 'UserTag',
  video: 'VideoMetadata',
};

const inputs: Readonly<Record<string, string>> = {
  assets: 'AssetInput',
  bluesky: 'BlueskyPostMetadataInput',
  detailsEvent: 'GoogleBusinessEventMetaDataInput',
  detailsOffer: 'GoogleBusinessOfferMetaDataInput',
  detailsWhatsNew: 'GoogleBusinessWhatsNewMetaDataInput',
  dimensions: 'ImageDimensionsInput',
  document: 'DocumentAssetInput',
  facebook: 'FacebookPostMetadataInput',
  'FacebookPostMetadataInput.annotations': 'AnnotationInputFacebook',
  geolocation: 'InstagramGeolocationInput',
  google: 'GoogleBusinessPostMetadataInput',
  image: 'ImageAssetInput',
  'ImageAssetInput.metadata': 'ImageMetadataInput',
  instagram: 'InstagramPostMetadataInput',
  'AssetInput.link': 'LinkAssetInput',
  linkAttachment: 'LinkAttachmentInput',
  'LinkAttachmentInput.thumbnail': 'LinkAttachmentThumbnailInput',
  linkedin: 'LinkedInPostMetadataInput',
  'LinkedInPostMetadataInput.annotations': 'AnnotationInputLinkedIn',
  mastodon: 'MastodonPostMetadataInput',
  metadata: 'PostInputMetaData',
  pinterest: 'PinterestPostMetadataInput',
  retweet: 'RetweetMetadataInput',
  stickerFields: 'InstagramStickerFieldsInput',
  thread: 'ThreadedPostInput',
  'ThreadedPostInput.metadata': 'ThreadItemMetadataInput',
  'ThreadItemMetadataInput.bluesky': 'ThreadItemBlueskyMetadataInput',
  'ThreadItemMetadataInput.threads': 'ThreadItemThreadsMetadataInput',
  threads: 'ThreadsPostMetadataInput',
  tiktok: 'TikTokPostMetadataInput',
  twitter: 'TwitterPostMetadataInput',
  userTags: 'UserTagInput',
  video: 'VideoAssetInput',
  'VideoAssetInput.metadata': 'VideoMetadataInput',
  youtube: 'YoutubePostMetadataInput',
};

function within(types: Readonly<Record<string, string>>, parent: string, field: string): string | undefined {
  const known = `${parent}.${field}`;
  if (Object.hasOwn(types, known)) return types[known];
  return Object.hasOwn(types, field) ? types[field] : undefined;
}

/** The type of what a field that is asked for gives; undefined for a scalar. */
export function outputType(parent: string, field: string): string | undefined {
  return within(outputs, parent, field);
}

/** The type of what a field of an input of a post takes; undefined for a scalar. */
export function inputType(parent: string, field: string): string | undefined {
  return within(inputs, parent, field);
}

const postInputs = new Set(['CreatePostInput', 'EditPostInput', ...Object.values(inputs)]);

/** Whether a type is an input of a post, or of something in it. */
export function isPostInput(type: string): boolean {
  return postInputs.has(type);
}
