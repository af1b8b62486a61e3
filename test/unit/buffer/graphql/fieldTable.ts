/** What becomes of one field of the inputs of a post. */
export interface FieldRow {
  /** Where a person sees it. */
  readonly seen: string;
  /** Where they change it; why not, where they do not. */
  readonly edited: string;
  /** The file under `test/unit` that holds it. */
  readonly test: string;
}

const row = (seen: string, edited: string, test: string): FieldRow => ({ seen, edited, test });

const lossless = 'buffer/graphql/lossless';
const files = 'drafts/draftFiles';
const created = 'buffer/graphql/graphql';

const kept = (seen = 'not shown', why = 'kept as it is') => row(seen, why, lossless);
const composer = (seen = 'composer') => row(seen, 'composer, for its network', lossless);
const card = row('composer, tooltip', 'composer, as a link', lossless);
const never = (why: string) => row('not told by a post', why, created);

/** By type and field of the schema; inputs of their own are told by their fields. */
export const fieldTable: Readonly<Record<string, FieldRow>> = {
  'CreatePostInput.channelId': row('its profile', 'composer, when it is made', created),
  'CreatePostInput.text': row('row, tooltip, document, composer', 'document, composer', created),
  'CreatePostInput.mode': row('its place in the queue', 'composer, commands', created),
  'CreatePostInput.dueAt': row('row, tooltip, composer', 'composer, *Reschedule…*', created),
  'CreatePostInput.schedulingType': row('row, tooltip', 'composer, *Remind Me to Publish*', created),
  'CreatePostInput.saveToDraft': row('section *Drafts at Buffer*', 'composer', created),
  'CreatePostInput.needsApproval': row('row', 'sent when a deleted one is brought back', lossless),
  'CreatePostInput.tagIds': row('row, tooltip', 'composer, taken over from an idea, *Edit Tags…*', 'sidebar/tags'),
  'CreatePostInput.ideaId': row('row of the idea', 'set by *Compose Update* on an idea', 'drafts/ideaDraft'),
  'CreatePostInput.draftId': never('never sent: it names a draft of another product'),
  'CreatePostInput.source': never('never sent'),
  'CreatePostInput.aiAssisted': never('never sent: nothing here is written by a machine'),
  'EditPostInput.id': row('–', 'never', lossless),
  'EditPostInput.text': row('row, tooltip, document, composer', 'document, composer', lossless),
  'EditPostInput.mode': row('its place in the queue', 'composer, commands', lossless),
  'EditPostInput.dueAt': row('row, tooltip, composer', 'composer, *Reschedule…*', lossless),
  'EditPostInput.schedulingType': row('row, tooltip', '*Remind Me to Publish*, *Publish Automatically*', 'sidebar/states'),
  'EditPostInput.saveToDraft': row('section *Drafts at Buffer*', '*Move to Drafts at Buffer*', lossless),
  'EditPostInput.approvalChange': row('row', '*Ask for Approval*, *Withdraw from Approval*', 'sidebar/states'),
  'EditPostInput.tagIds': row('row, tooltip', '*Edit Tags…*', 'sidebar/tags'),
  'EditPostInput.ideaId': kept('row of the idea'),
  'EditPostInput.draftId': never('never sent'),
  'EditPostInput.source': never('never sent'),
  'EditPostInput.aiAssisted': never('never sent'),
  'ImageAssetInput.url': row('composer, tooltip', 'composer', files),
  'ImageAssetInput.thumbnailUrl': kept(),
  'ImageMetadataInput.altText': row('composer, tooltip', 'composer', files),
  'ImageMetadataInput.animatedThumbnail': kept(),
  'ImageMetadataInput.userTags': row('composer, tooltip', 'composer, for Instagram', files),
  'UserTagInput.handle': row('composer, tooltip', 'composer', files),
  'UserTagInput.x': row('composer', 'composer', files),
  'UserTagInput.y': row('composer', 'composer', files),
  'ImageDimensionsInput.width': never('never sent: the service ignores it'),
  'ImageDimensionsInput.height': never('never sent: the service ignores it'),
  'VideoAssetInput.url': row('composer, tooltip', 'composer', files),
  'VideoAssetInput.thumbnailUrl': never('never sent: the service refuses it'),
  'VideoMetadataInput.title': row('composer, tooltip', 'composer', files),
  'VideoMetadataInput.thumbnailOffset': row('composer', 'composer, for Instagram, TikTok and Pinterest', files),
  'DocumentAssetInput.url': row('composer, tooltip', 'composer, for LinkedIn', files),
  'DocumentAssetInput.title': row('composer, tooltip', 'composer, for LinkedIn', files),
  'DocumentAssetInput.thumbnailUrl': row('composer', 'composer, for LinkedIn', files),
  'LinkAssetInput.url': card,
  'LinkAssetInput.title': card,
  'LinkAssetInput.description': card,
  'LinkAssetInput.thumbnailUrl': card,
  'LinkAttachmentInput.url': card,
  'LinkAttachmentInput.title': card,
  'LinkAttachmentInput.description': card,
  'LinkAttachmentThumbnailInput.url': card,
  'ThreadedPostInput.text': row('composer, tooltip', 'composer', lossless),
  'ThreadedPostInput.assets': row('composer, tooltip', 'composer', files),
  'ThreadItemBlueskyMetadataInput.linkAttachment': kept(),
  'ThreadItemThreadsMetadataInput.linkAttachment': kept(),
  'BlueskyPostMetadataInput.thread': composer('composer, tooltip'),
  'MastodonPostMetadataInput.thread': composer('composer, tooltip'),
  'MastodonPostMetadataInput.spoilerText': composer(),
  'ThreadsPostMetadataInput.thread': composer('composer, tooltip'),
  'ThreadsPostMetadataInput.topic': composer(),
  'ThreadsPostMetadataInput.type': kept(),
  'ThreadsPostMetadataInput.locationId': kept('not shown', 'kept: places are known by ids of no list'),
  'ThreadsPostMetadataInput.locationName': kept('not shown', 'kept with its id'),
  'TwitterPostMetadataInput.thread': composer('composer, tooltip'),
  'TwitterPostMetadataInput.isAiGenerated': composer(),
  'RetweetMetadataInput.id': kept(),
  'RetweetMetadataInput.comment': never('never sent: asked about before such a post is saved'),
  'FacebookPostMetadataInput.type': composer(),
  'FacebookPostMetadataInput.firstComment': composer('composer, tooltip'),
  'AnnotationInputFacebook.content': kept(),
  'AnnotationInputFacebook.indices': kept('not shown', 'moved with the text; told before it would be lost'),
  'AnnotationInputFacebook.text': kept(),
  'AnnotationInputFacebook.url': kept(),
  'LinkedInPostMetadataInput.firstComment': composer('composer, tooltip'),
  'AnnotationInputLinkedIn.id': kept(),
  'AnnotationInputLinkedIn.entity': kept(),
  'AnnotationInputLinkedIn.start': kept('not shown', 'moved with the text; told before it would be lost'),
  'AnnotationInputLinkedIn.length': kept(),
  'AnnotationInputLinkedIn.localizedName': kept(),
  'AnnotationInputLinkedIn.link': kept(),
  'AnnotationInputLinkedIn.vanityName': kept(),
  'InstagramPostMetadataInput.type': composer(),
  'InstagramPostMetadataInput.shouldShareToFeed': composer(),
  'InstagramPostMetadataInput.firstComment': composer('composer, tooltip'),
  'InstagramPostMetadataInput.isAiGenerated': composer(),
  'InstagramPostMetadataInput.link': composer(),
  'InstagramGeolocationInput.id': kept('not shown', 'kept: places are known by ids of no list'),
  'InstagramGeolocationInput.text': kept('not shown', 'kept with its id'),
  'InstagramStickerFieldsInput.music': kept(),
  'InstagramStickerFieldsInput.other': kept(),
  'InstagramStickerFieldsInput.products': kept(),
  'InstagramStickerFieldsInput.text': kept(),
  'InstagramStickerFieldsInput.topics': kept(),
  'PinterestPostMetadataInput.boardServiceId': composer(),
  'PinterestPostMetadataInput.title': composer('composer, tooltip'),
  'PinterestPostMetadataInput.url': composer(),
  'TikTokPostMetadataInput.title': composer('composer, tooltip'),
  'TikTokPostMetadataInput.isAiGenerated': composer(),
  'YoutubePostMetadataInput.title': composer('composer, tooltip'),
  'YoutubePostMetadataInput.categoryId': composer(),
  'YoutubePostMetadataInput.privacy': composer(),
  'YoutubePostMetadataInput.license': composer(),
  'YoutubePostMetadataInput.embeddable': composer(),
  'YoutubePostMetadataInput.notifySubscribers': composer(),
  'YoutubePostMetadataInput.madeForKids': composer(),
  'YoutubePostMetadataInput.isAiGenerated': composer(),
  'GoogleBusinessPostMetadataInput.type': composer(),
  'GoogleBusinessPostMetadataInput.title': composer('composer, tooltip'),
  'GoogleBusinessWhatsNewMetaDataInput.button': composer(),
  'GoogleBusinessWhatsNewMetaDataInput.link': composer(),
  'GoogleBusinessEventMetaDataInput.title': composer('composer, tooltip'),
  'GoogleBusinessEventMetaDataInput.startDate': composer(),
  'GoogleBusinessEventMetaDataInput.endDate': composer(),
  'GoogleBusinessEventMetaDataInput.isFullDayEvent': composer(),
  'GoogleBusinessEventMetaDataInput.button': composer(),
  'GoogleBusinessEventMetaDataInput.link': composer(),
  'GoogleBusinessOfferMetaDataInput.title': composer('composer, tooltip'),
  'GoogleBusinessOfferMetaDataInput.startDate': composer(),
  'GoogleBusinessOfferMetaDataInput.endDate': composer(),
  'GoogleBusinessOfferMetaDataInput.code': composer(),
  'GoogleBusinessOfferMetaDataInput.terms': composer(),
  'GoogleBusinessOfferMetaDataInput.link': composer(),
};

/** The table as a document. */
export function rendered(): string {
  const lines = Object.entries(fieldTable).map(
    ([name, { seen, edited, test }]) => `| \`${name}\` | ${seen} | ${edited} | \`${test}.test.ts\` |`,
  );
  return `# The fields of an update

${[
  "All that Buffer's GraphQL API takes of a post, field by field of its inputs: where it is seen here, where it is changed,",
  'and which test under `test/unit` holds it. Whatever is kept goes back with every edit as it came. The table is made from',
  '`test/unit/buffer/graphql/fieldTable.ts`; `test/unit/buffer/graphql/fieldTable.test.ts` says which field of the schema',
  'has no row in it, and writes this file with `WRITE_FIELDS=1`.',
].join(' ')}

| Field | Seen | Changed | Test |
|---|---|---|---|
${lines.join('\n')}
`;
}
