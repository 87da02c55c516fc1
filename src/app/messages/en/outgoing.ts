import type { Format } from '../format.ts'

/** What goes to nodes: which gets what, what waits and why. */
export const outgoing = (format: Format) => ({
  title: 'What goes to nodes',
  subtitle: 'Written here, kept by them',
  none: 'No nodes. What you write goes to other devices when you meet them.',
  kinds: { takibi: 'Takibi node', p2panda: 'Another p2panda node' },
  gets: (names: string) => `It gets what you write in ${names}.`,
  getsNothing: 'It gets nothing: you share nothing yet.',
  there: 'Everything that you wrote has arrived there.',
  waiting: (entries: number, hasMore: boolean) =>
    hasMore
      ? `${format.number(entries)} entries or more are waiting.`
      : format.plural(entries, { one: 'One entry is waiting.', other: '{n} entries are waiting.' }),
  onlyRefused: 'What waits was refused.',
  refused: (entries: number) => format.plural(entries, { one: 'One entry refused', other: '{n} entries refused' }),
  refusedOne: 'Refused',
  offline: 'This device has no network. They go by themselves when it has.',
  paused: 'You paused this node. They go when you let it go on.',
  because: (said: string) => `Last try: “${said}”.`,
  next: (when: string) => `Next try at ${when}.`,
  asked: 'Nodes are left alone until you press “Connect now”.',
  again: 'Try again now',
  stop: 'Publish no longer',
  stopped: (host: string) => `Nothing more goes to ${host}. What it has, it keeps.`,
  to: {
    title: 'Publish to another p2panda node',
    text: 'It gets everything that you share and wrote yourself, also what is there already, and shows it to whoever asks. Nothing comes from it, and what it has it keeps.',
    address: 'Address of its GraphQL endpoint',
    hint: 'As its operator gave it to you: https://…/graphql',
    do: 'Publish there',
    done: (host: string) => `What you share goes to ${host} from now on`,
    known: 'It is published there already.',
    wrong: 'This is no address of an endpoint. It begins with https:// and names a host.',
  },
})
