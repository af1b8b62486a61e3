// One file of what is loaded later, so that it comes with one request.
export { details } from './details.ts';
export { files } from './files.ts';
export { insertTemplate } from '../insertion.ts';
export { fillCard } from './fillCard.ts';
export { preview } from './preview.ts';
export { finished, results } from './results.ts';
export { tags } from './tags.ts';
