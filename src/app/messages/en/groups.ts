import type { Role } from '../../../sdk/index.ts'
import type { Format } from '../format.ts'

/** What was done, as a sentence needs it: names are empty where nobody is known. */
export interface Said {
  readonly who: string
  readonly isOwn: boolean
  readonly about: string
  readonly isAboutOwn: boolean
  /** It is about whoever said it. */
  readonly isSelf: boolean
  /** Of the group, where it was given one. */
  readonly name: string
  readonly role: Role | undefined
  readonly from: Role | undefined
}

const roleWords: Readonly<Record<Role, string>> = {
  keeper: 'keeper',
  moderator: 'moderator',
  member: 'member',
  contributor: 'contributor',
  reader: 'reader',
}
const roleWord = (role: Role | undefined): string =>
  role === undefined ? 'somebody with a mixture of rights' : roleWords[role]
const who = ({ who: name, isOwn }: Said): string => (isOwn ? 'You' : name || 'Somebody')
const about = ({ about: name, isAboutOwn, isOwn, isSelf }: Said): string => {
  if (isSelf) return isOwn ? 'yourself' : 'themselves'
  return isAboutOwn ? 'you' : name || 'somebody'
}

/** Groups: making one, who is in it, what was done about members and roles. */
export const groups = (format: Format) => ({
  title: 'Groups',
  text: 'People who keep things together.',
  none: 'No groups yet.',
  noneText: 'A group is people with roles. Who let in whom is signed, and everybody in it can look it up.',
  new: 'New group',
  people: (count: number) => format.plural(count, { one: 'Just one person', other: '{n} people', zero: 'Nobody' }),
  you: 'you',
  notIn: 'You are not in it',
  youAre: (role: string) => `you: ${role}`,
  ended: 'Ended by its founder',
  asking: (count: number) => format.plural(count, { one: 'One person asks to join', other: '{n} people ask to join' }),
  notHere: 'This group is not on this device',
  notHereText: 'It comes when somebody who has it shares it with you, or with a file.',
  places: (name: string) => `Places in ${name}`,
  nav: { fire: 'Campfire', lists: 'Lists', people: 'People', care: 'Group care' },
  hood: 'See the signed operations',
  create: {
    title: 'New group',
    text: 'You become its first keeper.',
    purpose: 'What is it for?',
    name: 'Name',
    nameMissing: 'Give it a name.',
    about: 'What it is about',
    aboutHint: 'One line for whoever joins. May stay empty.',
    make: (name: string) => `Make “${name}”`,
    makeUnnamed: 'Make the group',
    making: 'Making it…',
    made: (name: string) => `“${name}” is made. You are its keeper.`,
  },
  purposes: {
    festival: {
      name: 'Festival',
      for: 'A crew for some days',
      example: 'Lantern Fest crew',
      about: 'Who builds what, when and where.',
    },
    coop: {
      name: 'Co-op',
      for: 'Work and tools together',
      example: 'Kitchen co-op',
      about: 'Orders, shifts and what we own together.',
    },
    neighbours: {
      name: 'Neighbours',
      for: 'A street or a house',
      example: 'Alder Lane',
      about: 'Lending, helping, looking after things.',
    },
    research: {
      name: 'Field research',
      for: 'Observations outdoors',
      example: 'River Watch',
      about: 'What we see, where and when.',
    },
    blank: { name: 'Something else', for: 'Begin with a name only', example: '', about: '' },
  },
  sealed: {
    title: 'Not sealed yet',
    text: 'What is said in this group is signed, but not encrypted. Whoever gets hold of it can read it. Keep nothing here that only members may know.',
  },
  roles: {
    keeper: 'Keeper',
    moderator: 'Moderator',
    member: 'Member',
    contributor: 'Contributor',
    reader: 'Reader',
    other: 'Own mixture',
  },
  may: {
    keeper: 'Adds, changes and removes; lets people in, sends them away, sets roles.',
    moderator: 'Adds, changes and removes.',
    member: 'Adds and changes, takes back what is theirs.',
    contributor: 'Adds only.',
    reader: 'Looks only.',
  },
  key: (digits: string) => `Key ${digits}`,
  list: {
    alone: 'Just you so far.',
    inIt: 'In the group',
    asking: 'Asking to join',
    asks: 'Asks for a place',
    gone: 'Not in it any more',
    forOne: 'For one collection only',
    checked: 'keys compared',
  },
  sheet: {
    six: 'Six words',
    sixText: 'Compare them with what the other person’s screen says under You. Same six words: it is really them.',
    bareKey: 'A single key, no person. It has no six words.',
    petname: 'Your name for them',
    petnameHint: 'Stays on this device. Nobody else sees it.',
    petnameTooLong: 'Too long. Choose a shorter one.',
    compared: 'We compared the six words',
    save: 'Save',
    saved: 'Saved.',
    role: 'Role',
    setRole: (role: string) => `Make ${role}`,
    roleSet: (name: string, role: string) => `${name}: ${role}.`,
    letIn: (role: string) => `Let in as ${role}`,
    wasLetIn: (name: string) => `${name} is in.`,
    backIn: (role: string) => `Let in again as ${role}`,
    leave: 'Leave the group',
    leaveText: 'What you wrote stays. To come back you need somebody who lets you in again.',
    left: (group: string) => `You left “${group}”.`,
    sendAway: 'Send away',
    sendAwayText: (name: string) =>
      `What ${name} wrote stays, as far as this device has it; what comes later does not count.`,
    sentAway: (name: string) => `${name} is out.`,
    notFinal: (name: string) => `${name} is out, but stands above you and can take it back.`,
    really: 'Yes, do it',
    rather: 'Rather not',
    lastKeeper: 'You are the last keeper. Make somebody else keeper first.',
    theLastKeeper: 'The last keeper. Somebody else has to become keeper first.',
    history: 'All that was done about it stands in Group care.',
  },
  /** Why something cannot be done, or has no effect. */
  why: {
    inert: 'The group has no founder, or has ended.',
    stranger: (isOwn: boolean): string =>
      isOwn ? 'You are not in this group.' : 'Whoever said it was not in the group.',
    voided: (isOwn: boolean): string =>
      isOwn ? 'Somebody took back what this device did.' : 'A keeper declared it void.',
    banned: (isOwn: boolean): string =>
      isOwn ? 'You are not in this group any more.' : 'Whoever said it had been sent away or had left.',
    'not-given': (isOwn: boolean): string => (isOwn ? 'Only keepers can do this.' : 'Whoever said it was no keeper.'),
    others: 'It belongs to somebody else.',
    own: 'Only whoever made it may change it.',
    'own-flag': 'It is not marked as its writer’s own, or wrongly so.',
    'other-group': 'It names another group than it began in.',
    'no-group': 'Its group is not here.',
    forked: 'Its log says two different things at one place, so neither counts.',
    'no-effect': 'Whoever said it might not say so, or no longer.',
  },
  care: {
    text: 'What was done about members and roles, the newest first.',
    quiet: 'Nothing was done yet.',
    local: 'Times are when this device stored it; what was signed carries no time.',
    imported: (when: string) => `Imported ${when}`,
    stored: (when: string) => `Stored here ${when}`,
    noEffect: (why: string) => `Has no effect. ${why}`,
    waits: 'Waits for something that is not here yet.',
    showAll: (count: number) => `Show all ${format.number(count)}`,
    log: 'What was done',
    did: {
      founded: (said: Said) =>
        said.name === '' ? `${who(said)} began this group.` : `${who(said)} began “${said.name}”.`,
      renamed: (said: Said) => `${who(said)} named the group “${said.name}”.`,
      listed: (said: Said) => `${who(said)} changed the list of memberships.`,
      ended: (said: Said) => `${who(said)} ended the group.`,
      asked: (said: Said) =>
        said.isSelf ? `${who(said)} asked for a place.` : `${who(said)} asked for a place for ${about(said)}.`,
      began: (said: Said) => `${who(said)} became its first ${roleWord(said.role)}.`,
      letIn: (said: Said) => `${who(said)} let ${about(said)} in as ${roleWord(said.role)}.`,
      notLetIn: (said: Said) => `${who(said)} did not give ${about(said)} a place.`,
      role: (said: Said) =>
        said.from === undefined
          ? `${who(said)} made ${about(said)} ${roleWord(said.role)}.`
          : `${who(said)} made ${about(said)} ${roleWord(said.role)}, before that ${roleWord(said.from)}.`,
      rights: (said: Said) => `${who(said)} changed what ${about(said)} may do.`,
      left: (said: Said) => `${who(said)} left the group.`,
      sentAway: (said: Said) => `${who(said)} sent ${about(said)} away.`,
      back: (said: Said) => `${who(said)} let ${about(said)} in again as ${roleWord(said.role)}.`,
      endedPlace: (said: Said) => `${who(said)} ended the place of ${about(said)} for good.`,
      kept: (said: Said) => `${who(said)} kept what ${about(said)} wrote until then.`,
      voided: (said: Said) => `${who(said)} declared void what ${about(said)} wrote.`,
      withdrew: (said: Said) => `${who(said)} took back what was said about the writings of ${about(said)}.`,
    },
  },
  under: {
    title: (name: string) => `Who may do what in ${name}`,
    text: 'Control operations by level: the founder stands at 0, whom it made keeper at 1, and so on. A level is judged by those above it.',
    graph: 'Control operations',
    level: (level: number) => `level ${format.number(level)}`,
    noLevel: 'no level',
    columns: { order: 'No.', operation: 'Operation', said: 'Says', level: 'Level', counts: 'Counts' },
    live: 'yes',
    void: 'no',
    inert: 'This group is inert: nobody may do anything in it.',
    closure: (count: number) =>
      format.plural(count, {
        one: '{n} document in its control closure.',
        other: '{n} documents in its control closure.',
      }),
  },
})
