/** The networks that are known, as Buffer calls them. */
export const services = [
  'twitter',
  'bluesky',
  'mastodon',
  'threads',
  'linkedin',
  'facebook',
  'instagram',
  'pinterest',
  'tiktok',
  'youtube',
  'googlebusiness',
] as const;
