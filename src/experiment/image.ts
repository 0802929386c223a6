import type { ImageProperty, Stimuli } from './experiment';
import type { ExperimentFile } from './file';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

/**
 * What an object of a picture can look like: each property with the values that a feature can give it. The first is what an object has where no feature shows
 * the property.
 */
export const IMAGE_WORDS: Readonly<Record<ImageProperty, readonly string[]>> = {
  shape: ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring', 'star', 'heart', 'crescent', 'arrow'],
  colour: ['white', 'red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'violet', 'pink', 'grey'],
  texture: [
    'plain',
    'checkered',
    'striped',
    'barred',
    'diagonal',
    'dotted',
    'gridded',
    'ringed',
    'halved',
    'shaded',
  ],
  size: ['medium', 'small', 'large'],
  place: ['centre', 'left', 'right', 'top', 'bottom', 'top left', 'top right', 'bottom left', 'bottom right'],
};

/** Red, green and blue. */
const CHANNELS = 3;
const DEFAULTS = { size: 12, jitter: 0.1 };

/** The picture that features are shown in. */
export function readImage(file: Draft<ExperimentFile>): Stimuli['image'] {
  const spec = file.stimuli?.image;
  return spec && { ...DEFAULTS, ...spec };
}

/** Input units of a picture: one for each channel of each pixel. */
export function imageUnits(image: Stimuli['image']): number {
  return image ? image.size ** 2 * CHANNELS : 0;
}

/** Whether what features say is shown by a picture, each property by one of them. */
export function checkImage(file: Draft<ExperimentFile>, problems: Problems): void {
  const image = file.stimuli?.image;
  const shown = new Map<ImageProperty, string>();
  for (const [name, draft] of file.stimuli?.features ?? []) {
    const shows = 'shows' in draft ? draft.shows : undefined;
    if (shows === undefined) continue;
    const path = ['stimuli', 'features', name, 'shows'];
    const other = shown.get(shows);
    if (!image)
      problems.at(
        path,
        'no-image',
        `${quote(name)} shows its value in a picture, but 'stimuli' have none. Add "image": {} to them, or remove 'shows'.`,
      );
    else if (other !== undefined)
      problems.at(
        path,
        'duplicate-name',
        `${quote(other)} shows the ${shows} already. Let ${quote(name)} show something else.`,
      );
    else shown.set(shows, name);
  }
  if (image && shown.size === 0)
    problems.error(
      'no-image',
      `No feature is shown in the picture. Add 'shows' to one: ${quoteAll(Object.keys(IMAGE_WORDS))}.`,
      problems.document.keySpan(['stimuli', 'image']),
    );
}
