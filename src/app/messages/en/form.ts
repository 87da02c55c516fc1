import type { Format } from '../format.ts'
import type { Problem } from '../../fields/check-field.ts'

const problems: Readonly<Record<Problem, string>> = {
  missing: 'This one is needed.',
  notNumber: 'Write a number, with digits.',
  notWhole: 'Write a whole number.',
  tooLarge: 'This number is too large to keep.',
  notDate: 'Write a day as the calendar has it.',
  tooLong: 'This text is too long. Put it in a file, or shorten it.',
}

/** Fields being filled in and shown, and the form for a new thing. */
export const form = (format: Format) => ({
  title: (one: string) => `Add ${one}`,
  save: 'Save',
  saveAndNext: 'Save and next',
  saved: (name: string) => (name === '' ? 'Saved' : `Saved “${name}”`),
  clearAll: 'Start over',
  cleared: 'Started over',
  restored: 'Picked up where you left it',
  notYet: 'Its fields are not on this device yet.',
  problems: (count: number) =>
    format.plural(count, { one: 'One field wants a look.', other: '{n} fields want a look.' }),
  problem: (problem: Problem) => problems[problem],
  needed: 'needed',
  nothing: 'Nothing',
  clear: 'Clear',
  now: 'Now',
  today: 'Today',
  remove: (what: string) => `Remove ${what}`,
  notHere: 'Not on this device yet',
  gone: (name: string) => `${name}, removed`,
  unnamed: (one: string) => (one === '' ? 'Unnamed' : `Unnamed ${one}`),
  tags: { placeholder: 'Word, another word' },
  place: {
    here: 'Use where I am',
    asking: 'Finding out…',
    again: 'Again',
    none: 'No place',
    accuracy: (metres: string) => `give or take ${metres} m`,
    nowhere: {
      refused:
        'The browser keeps this page from knowing where you are. Allow it in the site’s settings, then try again.',
      unavailable: 'This device does not know where it is just now. Try again under open sky.',
      timeout: 'It took too long to find out. Try again under open sky.',
    },
  },
  files: {
    camera: 'Camera',
    gallery: 'Gallery',
    addPhotos: 'Add photos',
    addFile: 'Add a file',
    addSound: 'Add a recording',
    photo: (at: number) => `Photo ${format.number(at)}`,
    removePhoto: (at: number) => `Remove photo ${format.number(at)}`,
    storing: (name: string) => `Storing ${name}`,
    progress: (done: string, all: string) => `${done} of ${all}`,
    cancel: (name: string) => `Stop storing ${name}`,
    plain: (name: string) =>
      `This browser cannot read ${name} as a picture. It is kept as a file, with all the camera wrote into it.`,
    kind: (mimeType: string, ending: string) => {
      if (mimeType.startsWith('audio/')) return 'Recording'
      if (mimeType.startsWith('video/')) return 'Film'
      return mimeType === 'application/octet-stream' ? 'File' : `${ending.toUpperCase()} file`
    },
    incomplete: (pieces: number) =>
      format.plural(pieces, { one: 'One piece is not here yet', other: '{n} pieces are not here yet' }),
    save: (name: string) => `Save ${name}`,
    play: 'Play',
  },
  voice: {
    name: 'voice note',
    start: 'Record',
    stop: 'Stop',
    refused: 'The browser gives no microphone to this page. Allow it in the site’s settings, then try again.',
  },
  links: {
    pick: (one: string) => `Link ${one}`,
    another: 'Link another instead',
    remove: 'Take the link away',
    search: 'Search',
    none: 'Nothing found.',
    nowhere: 'The collection this leads to is not on this device.',
    exact: 'as it was when linked',
  },
  values: {
    yes: 'Yes',
    no: 'No',
    rating: (stars: number) => format.plural(stars, { one: 'One star', other: '{n} stars', zero: 'No stars' }),
    place: (latitude: number, longitude: number) =>
      `${format.number(Math.round(latitude * 1e5) / 1e5)}, ${format.number(Math.round(longitude * 1e5) / 1e5)}`,
    links: (count: number) => format.plural(count, { one: 'One link', other: '{n} links' }),
    photos: (count: number) => format.plural(count, { one: 'One photo', other: '{n} photos' }),
    files: (count: number) => format.plural(count, { one: 'One file', other: '{n} files' }),
    voices: (count: number) => format.plural(count, { one: 'One voice note', other: '{n} voice notes' }),
  },
})
