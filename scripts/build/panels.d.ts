/** The panels, each a page of its own: the names of their folders in `src`. */
export const panels: readonly string[];
/** Whether a file of the package is loaded only by a panel. */
export function isOfPanel(path: string): boolean;
/** Whether a file of the package is loaded only for posts in files. */
export function isOfPostFiles(path: string): boolean;
