// The panels, each a page of its own that is loaded when it is opened: `src/<name>/page/main.ts` and `<name>.css` beside it.
export const panels = ['calendar', 'preview', 'figures'];

/** Whether a file of the package is loaded only by a panel, or only for posts in files. */
export const isOfPanel = (path) => /^dist\/(?:chunks\/)?(?:preview|calendar|figures)(?:[-.]|$)/u.test(path);
export const isOfPostFiles = (path) => /^(?:dist\/(?:chunks\/)?postFiles(?:[-.]|$)|media\/postFiles\/)/u.test(path);
