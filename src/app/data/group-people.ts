import type { DocumentId, DocumentView, GroupSummary, Permission, PublicKey, Role, Subject } from '../../sdk/index.ts'

/** What is known here of who asked for a place where, and who was given one: all groups together, as queries give them. */
export interface Places {
  readonly groups: readonly DocumentView[]
  readonly requests: readonly DocumentView[]
  readonly memberships: readonly DocumentView[]
}

/** A place in a group as it was given, or taken away. */
export interface MembershipView {
  readonly id: DocumentId
  readonly subject: Subject
  /** The preset it amounts to; `undefined`: an uncommon mixture. */
  readonly role: Role | undefined
  readonly isAccepted: boolean
  /** For things of one schema only. */
  readonly schemaId?: string
}

/** Somebody in a group, or who was. */
export interface GroupPerson {
  readonly subject: Subject
  /** The person's key group; absent where a bare key was let in. */
  readonly person: DocumentId | undefined
  readonly isOwn: boolean
  readonly isMember: boolean
  /** Of the place for all things. */
  readonly role: Role | undefined
  readonly memberships: readonly MembershipView[]
}

/** Somebody who asks for a place and has no answer yet. */
export interface PendingRequest {
  readonly id: DocumentId
  readonly subject: Subject
  readonly person: DocumentId | undefined
}

/** The presets, the strongest first, with what each may do. */
export const rolesByStrength = ['keeper', 'moderator', 'member', 'contributor', 'reader'] as const satisfies Role[]
const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  keeper: ['authorise', 'create', 'update', 'delete'],
  moderator: ['create', 'update', 'delete'],
  member: ['create', 'update'],
  contributor: ['create'],
  reader: [],
}
const fieldOf: Readonly<Record<Permission, string>> = {
  authorise: 'can_authorise',
  create: 'can_create',
  update: 'can_update',
  delete: 'can_delete',
}
const allPermissions = Object.keys(fieldOf) as readonly Permission[]

/** The role that the switches of a membership amount to; `undefined` where some are not said, or they are no preset. */
export const roleOf = (fields: DocumentView['fields']): Role | undefined =>
  allPermissions.every((permission) => typeof fields[fieldOf[permission]] === 'boolean')
    ? rolesByStrength.find((role) =>
        allPermissions.every((permission) => fields[fieldOf[permission]] === permissionsOf[role].includes(permission)),
      )
    : undefined

/** The document that a view id names: that of its first operation, which for what is never edited is the document. */
const documentIn = (value: unknown): DocumentId | undefined =>
  typeof value === 'string' && value !== '' ? (value.split('_', 1)[0] as DocumentId) : undefined
/** The same of a relation or owner, whichever way it is written. */
export const documentNamed = (value: unknown): DocumentId | undefined =>
  documentIn(Array.isArray(value) ? value[0] : value)

/** A group of people, not a person's own: it names who founded it. */
export const isPeopleGroup = ({ fields }: DocumentView): boolean => fields['founder'] !== undefined

/** Who a request is for: the person it names, else the key that wrote it. */
export const subjectOfRequest = ({ fields, owner }: Pick<DocumentView, 'fields' | 'owner'>): Subject => {
  const member = documentNamed(fields['member'])
  return member === undefined ? `k:${owner}` : `g:${member}`
}
export const personOf = (subject: Subject): DocumentId | undefined =>
  subject.startsWith('g:') ? (subject.slice(2) as DocumentId) : undefined
const groupOfPlace = ({ fields }: Pick<DocumentView, 'fields'>): DocumentId | undefined =>
  documentNamed(fields['key_group'])
const requestOfPlace = ({ fields }: Pick<DocumentView, 'fields'>): DocumentId | undefined =>
  documentNamed(fields['request'])

/** Whose devices keys are: those that some person let in. */
export const personsByKey = ({ groups, requests, memberships }: Places): ReadonlyMap<PublicKey, DocumentId> => {
  const persons = new Set(groups.filter((group) => !isPeopleGroup(group)).map(({ id }) => id))
  const asked = new Map(requests.map((request) => [request.id, request]))
  const found = new Map<PublicKey, DocumentId>()
  for (const membership of memberships) {
    const person = groupOfPlace(membership)
    const request = asked.get(requestOfPlace(membership) ?? ('' as DocumentId))
    if (person === undefined || !persons.has(person) || request === undefined) continue
    if (subjectOfRequest(request).startsWith('k:')) found.set(request.owner, person)
  }
  return found
}

/** Who a key is of: the person whose device it is, else the key itself. */
export const subjectOfKey = (key: PublicKey, persons: ReadonlyMap<PublicKey, DocumentId>): Subject => {
  const person = persons.get(key)
  return person === undefined ? `k:${key}` : `g:${person}`
}

/** Whether somebody is this device or its person. */
export type IsOwn = (subject: Subject) => boolean

const placeOf = (membership: DocumentView, subject: Subject): MembershipView => {
  const schemaId = membership.fields['schema']
  return {
    id: membership.id,
    subject,
    role: roleOf(membership.fields),
    isAccepted: membership.fields['accepted'] === true,
    ...(typeof schemaId === 'string' && { schemaId }),
  }
}

/**
 * Who is in a group and who was, oneself first, then by role; and who asks to be let in.
 *
 * @param summary as the rules see it: whether somebody is a member follows from all that was said, not from one document
 */
export const peopleOf = (
  group: DocumentId,
  { requests, memberships }: Pick<Places, 'requests' | 'memberships'>,
  summary: GroupSummary,
  isOwn: IsOwn,
): { readonly people: readonly GroupPerson[]; readonly pending: readonly PendingRequest[] } => {
  const asked = requests.filter((request) => groupOfPlace(request) === group)
  const subjects = new Map(asked.map((request) => [request.id, subjectOfRequest(request)]))
  const given = memberships.filter((membership) => groupOfPlace(membership) === group)
  const bySubject = new Map<Subject, MembershipView[]>(summary.members.map((subject) => [subject, []]))
  const answered = new Set<DocumentId>()
  for (const membership of given) {
    const request = requestOfPlace(membership)
    const subject = request && subjects.get(request)
    if (request === undefined || subject === undefined) continue
    answered.add(request)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), placeOf(membership, subject)])
  }
  const people = [...bySubject].map(([subject, places]): GroupPerson => {
    const isMember = summary.members.includes(subject)
    const general = places.filter(({ schemaId }) => schemaId === undefined)
    const role = (general.find(({ isAccepted }) => isAccepted) ?? general[0])?.role
    return { subject, person: personOf(subject), isOwn: isOwn(subject), isMember, role, memberships: places }
  })
  const pending = asked
    .filter(({ id }) => !answered.has(id))
    .map((request) => {
      const subject = subjectOfRequest(request)
      return { id: request.id, subject, person: personOf(subject) }
    })
    .filter(({ subject }) => !summary.members.includes(subject))
  return { people: people.toSorted(inOrder), pending }
}

const strength = ({ role }: GroupPerson): number =>
  role === undefined ? rolesByStrength.length : rolesByStrength.indexOf(role)
const inOrder = (a: GroupPerson, b: GroupPerson): number =>
  Number(b.isMember) - Number(a.isMember) ||
  Number(b.isOwn) - Number(a.isOwn) ||
  strength(a) - strength(b) ||
  (a.subject < b.subject ? -1 : 1)

/** Whether a group would be without keeper if this one went or stepped down. */
export const isLastKeeper = (people: readonly GroupPerson[], person: GroupPerson): boolean =>
  person.role === 'keeper' &&
  person.isMember &&
  !people.some((other) => other !== person && other.isMember && other.role === 'keeper')
