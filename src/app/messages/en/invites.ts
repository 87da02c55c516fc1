import type { Format } from '../format.ts'

/** Invites: making one, the way in, and the places that one asks for. */
export const invites = (format: Format) => ({
  invite: 'Invite somebody',
  title: (group: string) => `Invite to ${group}`,
  living: 'Invites',
  make: {
    role: 'They join as',
    uses: 'It is for',
    usesOf: (count: number) =>
      count === 1 ? 'One person' : `About ${format.plural(count, { one: 'one person', other: '{n} people' })}`,
    span: 'It holds for',
    spans: { day: 'A day', fortnight: 'Two weeks', season: 'Three months' },
    unasked:
      'Whoever meets a member with it is let in by the first keeper’s device that comes by, and nobody is asked.',
    asked: 'Whoever knocks with it waits under “Asking to join” until a keeper lets them in.',
    meets:
      'The link carries no data. Their device has to meet one of the group: by code, over a node, or by whatever else connects them.',
    make: 'Make the invite',
    making: 'Making it…',
  },
  one: {
    as: (role: string) => `As ${role.toLocaleLowerCase(format.locale)}`,
    used: (used: number, uses: number) => `${format.number(used)} of ${format.number(uses)} came in`,
    until: (when: string) => `until ${when}`,
    byYou: 'made by you',
    by: (name: string) => `made by ${name}`,
    hand: 'Let them scan this, or send the link. Whoever has it can knock with it.',
    elsewhere:
      'Its link can only be shown on the device that made it: the secret in it never left there. Make another one to invite from here.',
    usedUp: 'As many came in as it was for.',
    withdraw: 'Withdraw it',
    withdrawText: 'Nobody comes in by it any more, as soon as the others hear of it. Who is in stays in.',
    withdrawn: 'Withdrawn.',
    really: 'Yes, withdraw',
    rather: 'Rather not',
  },
  /** Of somebody who knocked: what they say of themselves, and how they came. */
  knocked: {
    calls: (name: string) => `Calls themselves “${name}”`,
    unchecked: 'Nobody checked the name. The link they came by is proved.',
    unnamed: 'They say no name, or it cannot be read on this device. The link they came by is proved.',
    byOwn: (role: string) => `By your invite, as ${role.toLocaleLowerCase(format.locale)}`,
    by: (role: string, name: string) => `By an invite of ${name}, as ${role.toLocaleLowerCase(format.locale)}`,
    withdrawn: 'That invite was withdrawn since.',
  },
  join: {
    title: (group: string) => `Join ${group}`,
    unnamed: 'a group',
    says: (group: string, inviter: string) =>
      inviter === '' ? `You are invited to ${group}.` : `${inviter} invites you to ${group}.`,
    members: (count: number) =>
      format.plural(count, { one: 'One person in it', other: '{n} people in it', zero: 'Nobody in it' }),
    until: (when: string) => `Open until ${when}`,
    claims: 'All of this is what the link says. What is true you see once you are in.',
    name: 'What they call you',
    nameHint: 'Told to the group’s keepers, sealed with the link. May stay empty.',
    what: 'Asking signs a request with your keys. Every member that this device meets keeps it, and hands it on to the keepers.',
    hints: (hosts: readonly string[]) =>
      `The link names ${format.list(hosts)}. Asking connects this device with ${hosts.length === 1 ? 'it' : 'them'}, and ${hosts.length === 1 ? 'it sees' : 'they see'} this device’s address.`,
    ask: 'Ask to join',
    asking: 'Asking…',
    expired: 'This invite has ended',
    expiredText: (when: string) =>
      `It was open until ${when}, by the clock of this device. Ask for a new one, or set the clock right.`,
  },
  place: {
    /** In a list. */
    short: {
      looking: 'Looking for a member',
      kept: 'Your place is kept',
      'let-in': 'You were let in',
      'getting-keys': 'Getting the keys',
      here: 'You are in',
      refused: 'The invite does not work',
      'wrong-group': 'Not the group of the link',
    },
    looking: 'Nobody has your request yet.',
    lookingText:
      'Meet a member of the group: hold your phones together, or send each other a code. If you share a node or a collection, it goes by itself as soon as both are connected.',
    kept: (count: number) =>
      `Your place is kept by ${format.plural(count, { one: 'one device', other: '{n} devices' })}.`,
    keptText:
      'The first keeper who comes by lets you in, or is asked to. You can close the app: this device goes on by itself whenever it is open.',
    keptLate: 'The time of the invite is over, so a keeper has to let you in by hand.',
    letIn: (name: string) => (name === '' ? 'You were let in.' : `${name} let you in.`),
    letInText: 'What the group is comes in now.',
    gettingKeys: 'Getting the keys.',
    gettingKeysText: 'Any member can pass them on.',
    here: 'You are in.',
    hereText: 'The group is on this device.',
    open: 'Open the group',
    refused: {
      withdrawn: 'The invite was withdrawn.',
      expired: 'The time of the invite is over.',
      'used-up': 'As many came in as the invite was for.',
      full: 'No more requests are kept under this invite.',
    },
    refusedText: 'Ask whoever gave it to you for a new one.',
    wrongGroup: 'What was found is not the group of the link.',
    wrongGroupText: 'The link was made wrongly, or somebody is interfering. Ask for it again, from somebody you know.',
    drop: 'Do not ask any more',
    dropped: 'Not asked any more. Who has your request keeps it.',
    list: 'Asked for',
  },
})
