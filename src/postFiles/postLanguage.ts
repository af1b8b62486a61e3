/** The language of files of posts. */
export const postLanguage = 'buffer-post';

/** Documents that show a plan are in it too, and nothing is wrong with them. */
export const planScheme = 'buffer-plan';
