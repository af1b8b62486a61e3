/** The ids of fields that more than one part of the page speaks of. Ids of profiles and networks are the service's own words. */

export const textFieldId = 'text-field';

/** The words for a time. */
export const timeFieldId = 'time-words';

export function detailFieldId(service: string, name: string): string {
  return `detail-${service}-${name}`;
}

/** `index` is the place among the pictures. */
export function pictureFieldId(index: number): string {
  return index === 0 ? 'picture-url' : `picture-url-${index}`;
}

/** Each profile has its own boards. */
export function boardFieldId(profileId: string): string {
  return `detail-board-${profileId}`;
}

/** `index` is the place among the texts that follow the first. */
export function threadFieldId(service: string, index: number): string {
  return `thread-${service}-${index}`;
}
