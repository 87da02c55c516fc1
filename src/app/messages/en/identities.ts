import type { Format } from '../format.ts'

/** Several identities side by side in one browser. */
export const identities = (format: Format) => ({
  /** What those are called by whom nothing else is said: by their colours. */
  tones: { leaf: 'Leaf', sky: 'Sky', honey: 'Honey', ember: 'Ember', berry: 'Berry', iris: 'Iris' } as Readonly<
    Record<string, string>
  >,
  title: 'Identities in this browser',
  alone: 'You can be somebody else here, too: with another key, other words, other groups and other lists.',
  text: 'Each has its own key, its own words and its own things. Nothing leads from one to the other.',
  network: 'Whoever sees this device’s address on the internet may still guess that they belong together.',
  turn: (name: string) => `You are ${name}`,
  as: (name: string) => `As ${name}`,
  here: 'Open in this tab',
  change: 'Switch',
  changeTo: (name: string) => `Switch to ${name}`,
  changeText: 'This tab becomes somebody else. Other tabs stay who they are.',
  manage: 'All about identities',
  otherwise: 'Open this link as somebody else',
  begin: {
    action: 'Begin another one',
    title: 'Another identity',
    name: 'What it is called',
    hint: 'Only you see it, so that you can tell them apart.',
    go: 'Begin',
    most: (most: number) => `No more than ${format.number(most)} can be told apart.`,
  },
  remove: {
    action: (name: string) => `Remove ${name}`,
    title: (name: string) => `Remove ${name}?`,
    what: 'What is lost',
    wordsHere: 'Its recovery words were never written down. They go with it, and then nothing brings it back.',
    wordsPaper:
      'It goes from this browser. Its recovery words on paper bring back what nodes and other devices still have.',
    onlyHere: (things: number) =>
      format.plural(things, {
        one: 'One thing that is in this browser only.',
        other: 'At least {n} things that are in this browser only.',
      }),
    elsewhere: 'What nobody else has by now, in lists and in groups.',
    groups: 'Its groups are not told: there it stays on the list.',
    others: 'Your other identities stay as they are.',
    copy: 'Save a copy first',
    go: 'Remove it',
    sure: (name: string) => `Remove ${name} from this browser for good? This cannot be taken back.`,
    really: 'Yes, remove it for good',
    rather: 'Rather not',
    done: (name: string) => `${name} is gone from this browser`,
  },
})
