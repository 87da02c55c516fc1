import { either } from '../either.ts'
import type { Format } from '../format.ts'

/** Taking a lost or stolen device out, and becoming somebody's device by recovery words. */
export const devices = (format: Format) => ({
  key: (digits: string) => `Key ${digits}`,
  useWords: 'Use the words',
  notHere: 'Not on this device. They are on your paper, or on the device that made them last.',
  removal: {
    title: 'Another device',
    text: 'Do you no longer have it? Then take it out.',
    how: 'What happened to it',
    lost: 'Lost',
    stolen: 'Stolen',
    lostText: 'Nobody has it, as far as you know. Everything that it wrote stays.',
    stolenText: 'Somebody may have it and write with it. What it wrote after that moment does not count.',
    since: 'Last surely in your hands',
    sinceHint: 'What counts is when something came to this device.',
    sinceMissing: 'Choose a day and a time.',
    sinceAhead: 'That is still to come. Choose an earlier moment.',
    what: 'What happens',
    kept: (logs: number) =>
      format.plural(logs, {
        one: 'One of its logs is kept.',
        other: '{n} of its logs are kept.',
        zero: 'None of its logs is kept.',
      }),
    leftOut: (entries: number) =>
      format.plural(entries, {
        one: 'One entry that came since does not count any more.',
        other: '{n} entries that came since do not count any more.',
        zero: 'Nothing came from it since.',
      }),
    stays: (key: string) => `Key ${key} was let in by it, and stays.`,
    leaves: (key: string) => `Key ${key} was let in by it, and is out, too.`,
    nobody: 'It let nobody in.',
    hasIt: 'It no longer speaks for you. What it already has, it keeps.',
    isFinal: 'This is final: with that device it cannot be taken back.',
    notFinal: 'It stands above this device: whoever has it could take this back. Your recovery words make it final.',
    takeOut: 'Take it out',
    sure: 'Take this device out of yours? Nothing is signed until you say so.',
    really: 'Yes, take it out',
    rather: 'Rather not',
    out: (logs: number) =>
      format.plural(logs, {
        one: 'It is out. One of its logs is kept.',
        other: 'It is out. {n} of its logs are kept.',
        zero: 'It is out.',
      }),
    softlyOut: 'It is out. Whoever has it could take that back, until your recovery words make it final.',
  },
  recover: {
    title: 'Recovery words',
    text: 'With the twelve words from your paper this device becomes one of yours.',
    textOwn: 'With the twelve words from your paper lost devices are out for good, and you get new words.',
    label: 'Your twelve words',
    hint: 'In their order, with spaces between. Pasting works, too.',
    count: (typed: number) => `${format.number(typed)} of ${format.number(12)}`,
    suggestions: 'Words that begin so',
    meant: 'Words that may be meant',
    check: 'Check the words',
    misspelled: (place: number, meant: readonly string[]) =>
      `Word ${format.number(place)} is not spelled like that. Did you mean ${either(
        format,
        meant.map((word) => `“${word}”`),
      )}?`,
    unknown: (place: number) => `Word ${format.number(place)} is none of the words that are used. Read it again.`,
    mend: (meant: string) => `Take “${meant}”`,
    absent: {
      title: 'Sound words, nothing here yet',
      text: 'The words fit together. But nothing of whom they belong to is on this device, and no other device was asked.',
      how: 'Bring it here first: import a copy with everything in it, or connect with another device of yours.',
      import: 'Import a copy',
      meet: 'Connect',
      again: 'Change the words',
    },
    owner: {
      title: 'These are your words',
      belong: 'They stand above all devices of this person.',
      what: 'What happens',
      joins: 'This device becomes one of yours.',
      remains: 'This device stays one of yours.',
      renewed: 'The words you typed end with this. You get twelve new ones to write down.',
      known: 'It goes by what is on this device. Do your other devices know newer things? Bring a newer copy first.',
      lost: 'Which of these do you no longer have?',
      lostText: 'Marked ones are taken out. What they wrote stays.',
      only: 'No other device of yours is known here.',
      join: 'Make this device mine',
      renew: 'Renew the words',
      takeOut: 'Take out, and renew the words',
      back: 'Not now',
    },
    done: {
      title: 'This device is yours',
      text: 'The words you typed open nothing any more. Until you wrote the new ones down, only this device has them.',
      write: 'Write down the new words',
      later: 'Later',
    },
  },
  trouble: {
    'words/count': 'Recovery words are twelve. Type all of them, with spaces between.',
    'words/unknown': 'One of these is not in the list of recovery words.',
    'words/checksum':
      'Each of these is a recovery word, but they do not belong together. One is another word, or two changed places. Compare them with your paper.',
    'person/none': 'Nobody wrote anything on this device yet.',
    'person/device-unknown': 'This device does not know where it was let in. Import a newer copy, then try again.',
    'person/device-own': 'This is the device in your hands. Take it out from another one of yours.',
    'person/not-allowed':
      'This device may not take others out. Use one of yours that may, or type your recovery words.',
    'person/exists':
      'Somebody else’s things were begun on this device, and it stays with them. Type the words in another browser or profile.',
    'person/words-unknown': 'Nothing of the person with these words is on this device yet. Import a copy first.',
    'person/words-retired': 'These words were renewed, and open nothing any more. Type the newer ones.',
    'person/behind': 'Other devices have newer things. Connect with them first, so that nothing is written twice.',
    'signer/gone': 'The key of this browser is gone. Type the words in another browser or profile.',
  } as Readonly<Record<string, string>>,
})
