/** What becomes of one field of the inputs of a post. */
export interface FieldRow {
  /** Where a person sees it. */
  readonly seen: string;
  /** Where they change it; why not, where they do not. */
  readonly edited: string;
  /** What holds it. */
  readonly tests: readonly FieldTest[];
}

/** A test, by its file under `test/unit` and by its title there, or that of the group it is in. */
export interface FieldTest {
  readonly file: string;
  readonly title: string;
}

const row = (seen: string, edited: string, ...tests: readonly FieldTest[]): FieldRow => ({ seen, edited, tests });

/** Any post, in every way that it is changed from here. */
const lossless: FieldTest = { file: 'buffer/graphql/lossless', title: 'any post on GraphQL' };
/** The same through the composer's page and its host. */
const edited: FieldTest = { file: 'composer/anyEdit', title: 'any update that is edited in the composer' };
const made: FieldTest = { file: 'composer/madeHere', title: 'each field of the network, made here, is read back equal' };
const files: FieldTest = { file: 'drafts/draftFiles', title: 'arrives as written, once' };
const parts: FieldTest = { file: 'drafts/draftFiles', title: 'has the pictures of each part, once' };
const created: FieldTest = { file: 'buffer/graphql/graphql', title: 'is what the published types allow' };
const timed: FieldTest = { file: 'buffer/graphql/graphql', title: 'each way of scheduling' };
const along: FieldTest = { file: 'composer/composerHost', title: 'a draft at Buffer, a reminder and its tags come to be as chosen' };
const tagged: FieldTest = { file: 'sidebar/tags', title: 'are chosen among those of the organization, and are seen on the row' };
const mentions: FieldTest = {
  file: 'buffer/graphql/mentions',
  title: 'are read with their places, and what is told as lost is what gets lost',
};
const cards: FieldTest = { file: 'buffer/graphql/graphql', title: 'a link with a card, and a card taken away' };

const kept = (seen = 'not shown', why = 'kept as it is', ...tests: readonly FieldTest[]) => row(seen, why, lossless, ...tests);
const composer = (seen = 'composer') => row(seen, 'composer, for its network', made, edited);
const card = row('composer, tooltip', 'composer, as a link', cards, edited);
const never = (why: string) => row('not told by a post', why, created);

/** By type and field of the schema; inputs of their own are told by their fields. */
export const fieldTable: Readonly<Record<string, FieldRow>> = {
  'CreatePostInput.channelId': row('its profile', 'composer, when it is made', made),
  'CreatePostInput.text': row('row, tooltip, document, composer', 'document, composer', made),
  'CreatePostInput.mode': row('its place in the queue', 'composer, commands', timed),
  'CreatePostInput.dueAt': row('row, tooltip, composer', 'composer, *Reschedule…*', timed),
  'CreatePostInput.schedulingType': row('row, tooltip', 'composer, *Remind Me to Publish*', along),
  'CreatePostInput.saveToDraft': row('section *Drafts at Buffer*', 'composer', along),
  'CreatePostInput.needsApproval': row('row', 'sent when a deleted one is brought back', lossless),
  'CreatePostInput.tagIds': row('row, tooltip', 'composer, taken over from an idea, *Edit Tags…*', along),
  'CreatePostInput.ideaId': row('row of the idea', 'set by *Compose Update* on an idea', {
    file: 'drafts/ideaDraft',
    title: 'an idea as a draft',
  }),
  'CreatePostInput.draftId': never('never sent: it names a draft of another product'),
  'CreatePostInput.source': never('never sent'),
  'CreatePostInput.aiAssisted': never('never sent: nothing here is written by a machine'),
  'EditPostInput.id': row('–', 'never', lossless),
  'EditPostInput.text': row('row, tooltip, document, composer', 'document, composer', lossless, edited),
  'EditPostInput.mode': row('its place in the queue', 'composer, commands', lossless, edited),
  'EditPostInput.dueAt': row('row, tooltip, composer', 'composer, *Reschedule…*', lossless, edited),
  'EditPostInput.schedulingType': row('row, tooltip', '*Remind Me to Publish*, *Publish Automatically*', {
    file: 'sidebar/states',
    title: 'are changed to what goes out by itself and back',
  }),
  'EditPostInput.saveToDraft': row('section *Drafts at Buffer*', '*Move to Drafts at Buffer*', lossless),
  'EditPostInput.approvalChange': row('row', '*Ask for Approval*, *Withdraw from Approval*', {
    file: 'sidebar/states',
    title: 'are asked for and withdrawn where the policy has them',
  }),
  'EditPostInput.tagIds': row('row, tooltip, composer', 'composer, *Edit Tags…*', tagged, edited),
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
  'ThreadedPostInput.text': row('composer, tooltip', 'composer', made, edited),
  'ThreadedPostInput.assets': row('composer, tooltip', 'composer', parts, made, edited),
  'ThreadItemBlueskyMetadataInput.linkAttachment': kept(),
  'ThreadItemThreadsMetadataInput.linkAttachment': kept(),
  'BlueskyPostMetadataInput.thread': composer('composer, tooltip'),
  'MastodonPostMetadataInput.thread': composer('composer, tooltip'),
  'MastodonPostMetadataInput.spoilerText': composer(),
  'ThreadsPostMetadataInput.thread': composer('composer, tooltip'),
  'ThreadsPostMetadataInput.topic': composer(),
  'ThreadsPostMetadataInput.type': row(
    'composer, as *Ghost post*',
    'composer, as *Ghost post*; its other words follow from the thread',
    made,
    edited,
  ),
  'ThreadsPostMetadataInput.locationId': composer(),
  'ThreadsPostMetadataInput.locationName': composer(),
  'TwitterPostMetadataInput.thread': composer('composer, tooltip'),
  'TwitterPostMetadataInput.isAiGenerated': composer(),
  'RetweetMetadataInput.id': kept(),
  'RetweetMetadataInput.comment': never('never sent: asked about before such a post is saved'),
  'FacebookPostMetadataInput.type': composer(),
  'FacebookPostMetadataInput.firstComment': composer('composer, tooltip'),
  'AnnotationInputFacebook.content': kept(),
  'AnnotationInputFacebook.indices': kept('not shown', 'moved with the text; told before it would be lost', mentions),
  'AnnotationInputFacebook.text': kept(),
  'AnnotationInputFacebook.url': kept(),
  'LinkedInPostMetadataInput.firstComment': composer('composer, tooltip'),
  'AnnotationInputLinkedIn.id': kept(),
  'AnnotationInputLinkedIn.entity': kept(),
  'AnnotationInputLinkedIn.start': kept('not shown', 'moved with the text; told before it would be lost', mentions),
  'AnnotationInputLinkedIn.length': kept(),
  'AnnotationInputLinkedIn.localizedName': kept(),
  'AnnotationInputLinkedIn.link': kept(),
  'AnnotationInputLinkedIn.vanityName': kept(),
  'InstagramPostMetadataInput.type': composer(),
  'InstagramPostMetadataInput.shouldShareToFeed': composer(),
  'InstagramPostMetadataInput.firstComment': composer('composer, tooltip'),
  'InstagramPostMetadataInput.isAiGenerated': composer(),
  'InstagramPostMetadataInput.link': composer(),
  'InstagramGeolocationInput.id': composer(),
  'InstagramGeolocationInput.text': composer(),
  'InstagramStickerFieldsInput.music': composer(),
  'InstagramStickerFieldsInput.other': composer(),
  'InstagramStickerFieldsInput.products': composer(),
  'InstagramStickerFieldsInput.text': composer(),
  'InstagramStickerFieldsInput.topics': composer(),
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
    ([name, { seen, edited: changed, tests }]) =>
      `| \`${name}\` | ${seen} | ${changed} | ${tests.map(({ file, title }) => `\`${file}.test.ts\`: ${title}`).join('; ')} |`,
  );
  return `# The fields of an update

${[
  "All that Buffer's GraphQL API takes of a post, field by field of its inputs: where it is seen here, where it is changed,",
  'and which tests under `test/unit` hold it. Whatever is kept goes back with every edit as it came. The table is made from',
  '`test/unit/buffer/graphql/fieldTable.ts`; `test/unit/buffer/graphql/fieldTable.test.ts` says which field of the schema',
  'has no row in it, and writes this file with `WRITE_FIELDS=1`.',
].join(' ')}

${[
  'Pictures are counted for the networks where a source says how many there may be; for Pinterest and Google Business none',
  'was found that speaks for Buffer (other tools write of up to five and of one), so any number is sent and Buffer decides.',
].join(' ')}

| Field | Seen | Changed | Test |
|---|---|---|---|
${lines.join('\n')}
`;
}
