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

/** The button that takes away what was typed for a network, where none of it can be sent. */
export function removeDetailsId(service: string): string {
  return `remove-details-${service}`;
}

/** Each profile has its own boards. */
export function boardFieldId(profileId: string): string {
  return `detail-board-${profileId}`;
}

/** `index` is the place among the texts that follow the first. */
export function threadFieldId(service: string, index: number): string {
  return `thread-${service}-${index}`;
}

/** `index` is the place of the picture, `at` that among those who are tagged in it. */
export function taggedUserFieldId(index: number, at: number): string {
  return `tagged-user-${index}-${at}`;
}

/** The button that takes off the tag in this place. */
export function removeTagId(index: number): string {
  return `remove-tag-${index}`;
}

/** Whether a person is reminded. */
export const reminderFieldId = 'reminder';

export const coverMomentFieldId = 'video-cover';

/** `index` is the place among the texts that follow the first, `place` that among its pictures. */
export function partPictureFieldId(service: string, index: number, place: number): string {
  return `${threadFieldId(service, index)}-picture-${place}`;
}
