import type { Format } from '../format.ts'

/** Who one is: name, six words, devices; and the recovery words. */
export const person = (format: Format) => ({
  unnamed: 'No name yet',
  name: {
    give: 'Name yourself',
    change: 'Change your name',
    label: 'Your name',
    hint: 'Stays on this device. Nobody else sees it.',
    save: 'Save',
    tooLong: 'Too long. Choose a shorter one.',
  },
  shortId: 'Short name',
  nobody: 'Your panda gets its lasting face with the first thing you keep.',
  six: {
    title: 'Six words that are you',
    text: 'Same six words on another device: it really is you. Pandas help to recognise, they do not prove.',
  },
  devices: {
    title: 'Your devices',
    own: 'This device',
    other: 'Another device',
    key: (digits: string) => `Key ${digits}`,
    mayAdd: 'Adds and removes devices',
    link: 'Link a device',
  },
  words: {
    title: 'Recovery words',
    here: 'Not on paper yet. Lose this device, and nothing brings you back.',
    paper: 'On your paper, and nowhere else.',
    write: 'Write them down',
    before: {
      text: 'Twelve words that stand above all your devices. With them a new device can become yours.',
      points: [
        'Take paper and a pen. A picture or a note on a phone is easily copied.',
        'Whoever has them can be you. Look who stands behind you.',
        'Once they are on paper, this device forgets them.',
      ],
      show: 'Show the twelve words',
      later: 'Not now',
    },
    shown: {
      title: 'Your twelve words',
      text: 'Write them down in this order.',
      list: 'The twelve words, in order',
      done: 'I wrote them down',
    },
    asked: {
      title: 'Look at your paper',
      text: (places: readonly number[]) => `Type words ${format.list(places.map(format.number))} from it.`,
      word: (place: number) => `Word ${format.number(place)}`,
      missing: (place: number) => `Word ${format.number(place)} is missing.`,
      misspelled: (place: number, meant: string) =>
        `Word ${format.number(place)} is not spelled like that. Did you mean “${meant}”?`,
      unknown: (place: number) => `Word ${format.number(place)} is none of the words that are used. Read it again.`,
      other: (place: number) => `Word ${format.number(place)} is another one. Mend your paper, or read it again.`,
      check: 'Check',
      again: 'Show them again',
    },
    gone: {
      title: 'On your paper',
      text: 'The words are gone from this device. Your paper is the only place that has them.',
      keep: 'Keep it where you keep what must not be lost.',
      back: 'Done',
    },
  },
})
