import type { Change, DocumentId, PublicKey, Refusal, Role, Subject, TakibiNode } from '../../sdk/index.ts'
import type { GroupMessages } from '../messages/groups.ts'
import { documentNamed, roleOf, subjectOfRequest } from './group-people.ts'
import { groupSchema, limitSchema, membershipSchema, requestSchema } from './system-schemas.ts'

/** What can be done about members and roles, by its sentence. */
export type Deed = keyof GroupMessages['care']['did']

/** One control operation of a group. */
export interface CareEvent extends Pick<Change, 'operationId' | 'previous' | 'receivedAt' | 'origin' | 'isPending'> {
  readonly documentId: DocumentId
  readonly deed: Deed
  readonly who: Subject
  readonly about: Subject
  /** Of the group, where it was given one. */
  readonly name: string
  readonly role: Role | undefined
  readonly from: Role | undefined
  /** Absent: it has effect. */
  readonly refusal: Refusal | undefined
}

/** The history of one document of the control plane. */
export interface ControlHistory {
  readonly documentId: DocumentId
  readonly changes: readonly Change[]
}

/** Everything that says who may do what in a group: its own documents, and those of the persons in it. */
export const readControl = async (node: TakibiNode, group: DocumentId): Promise<readonly ControlHistory[]> => {
  const ids = await node.groups.controlClosure(group)
  return Promise.all(
    ids.map(async (documentId) => {
      const { changes } = await node.history(documentId).once()
      return { documentId, changes: await withAllSaid(node, documentId, changes) }
    }),
  )
}

/** What is said in vain is read from its entries. */
const withAllSaid = async (
  node: TakibiNode,
  documentId: DocumentId,
  changes: readonly Change[],
): Promise<readonly Change[]> => {
  if (changes.every(({ refusal }) => refusal === undefined)) return changes
  const [entries, { withSaidInVain }] = await Promise.all([
    node.inspect.entriesOf(documentId),
    import('./said-in-vain.ts'),
  ])
  return withSaidInVain(changes, entries)
}

const subjectOfKey = (key: PublicKey, persons: ReadonlyMap<PublicKey, DocumentId>): Subject => {
  const person = persons.get(key)
  return person === undefined ? `k:${key}` : `g:${person}`
}

type Told = Pick<CareEvent, 'deed' | 'about'> & Partial<Pick<CareEvent, 'name' | 'role' | 'from'>>

const ofGroup = ({ action, fields }: Change, who: Subject): Told => {
  if (action === 'delete') return { deed: 'ended', about: who }
  const name = typeof fields['name'] === 'string' ? fields['name'] : ''
  if (action === 'create') return { deed: 'founded', about: who, name }
  return name === '' ? { deed: 'listed', about: who } : { deed: 'renamed', about: who, name }
}

type Fields = Change['fields']

/**
 * @param before what the membership gave until then
 * @param isFirst the membership that founds the group
 */
const ofMembership = (
  { action, fields }: Change,
  before: Fields,
  who: Subject,
  about: Subject,
  isFirst: boolean,
): Told => {
  const isSelf = who === about
  if (action === 'delete') return { deed: isSelf ? 'left' : 'endedPlace', about }
  const role = roleOf({ ...before, ...fields })
  if (action === 'create') {
    if (fields['accepted'] !== true) return { deed: 'notLetIn', about }
    return { deed: isFirst ? 'began' : 'letIn', about, role }
  }
  if (fields['accepted'] === false) return { deed: isSelf ? 'left' : 'sentAway', about }
  if (fields['accepted'] === true && before['accepted'] === false) return { deed: 'back', about, role }
  return role === undefined ? { deed: 'rights', about } : { deed: 'role', about, role, from: roleOf(before) }
}

const ofLimit = ({ action, fields }: Change, about: Subject): Told => {
  if (action === 'delete') return { deed: 'withdrew', about }
  return { deed: fields['mode'] === 'void' ? 'voided' : 'kept', about }
}

/** What all changes that count said until each of them; a change names only what is different. */
const fieldsBefore = (changes: readonly Change[]): readonly Fields[] => {
  let said: Fields = {}
  return changes.map(({ fields, refusal }) => {
    const before = said
    if (refusal === undefined) said = { ...said, ...fields }
    return before
  })
}

/** Documents stand in this order where they were stored at the same moment. */
const rank: readonly string[] = [groupSchema, requestSchema, membershipSchema, limitSchema]

const createOf = ({ changes }: ControlHistory): Change | undefined => changes.find(({ action }) => action === 'create')

/**
 * What was done about the members and roles of a group, the oldest first by when this device stored it.
 *
 * @param histories of its control closure; what belongs to the groups of persons is left out
 * @param persons whose devices keys are
 */
export const careOf = (
  group: DocumentId,
  histories: readonly ControlHistory[],
  persons: ReadonlyMap<PublicKey, DocumentId>,
): readonly CareEvent[] => {
  const subjects = new Map<string, Subject>()
  for (const history of histories) {
    const create = createOf(history)
    if (create?.schemaId === requestSchema)
      subjects.set(history.documentId, subjectOfRequest({ fields: create.fields, owner: create.publicKey }))
  }
  /** Whom the memberships of this group are about. */
  const abouts = new Map<string, Subject>()
  for (const history of histories) {
    const create = createOf(history)
    if (create?.schemaId !== membershipSchema || documentNamed(create.fields['key_group']) !== group) continue
    const subject = subjects.get(documentNamed(create.fields['request']) ?? '')
    if (subject !== undefined) abouts.set(history.documentId, subject)
  }
  const founding = foundingMembership(group, histories)
  const told = (history: ControlHistory, change: Change, before: Fields): Told | undefined => {
    const create = createOf(history)
    if (create === undefined) return undefined
    const who = subjectOfKey(change.publicKey, persons)
    if (history.documentId === group) return ofGroup(change, who)
    if (create.schemaId === requestSchema) {
      const isOurs = documentNamed(create.fields['key_group']) === group && change.action === 'create'
      return isOurs ? { deed: 'asked', about: personal(subjects.get(history.documentId) ?? who, persons) } : undefined
    }
    const isLimit = create.schemaId === limitSchema
    const about = abouts.get(isLimit ? (documentNamed(create.fields['membership']) ?? '') : history.documentId)
    if (about === undefined) return undefined
    const whom = personal(about, persons)
    return isLimit ? ofLimit(change, whom) : ofMembership(change, before, who, whom, history.documentId === founding)
  }
  return histories
    .flatMap((history) => {
      const before = fieldsBefore(history.changes)
      return history.changes.flatMap((change, at) => {
        const found = told(history, change, before[at] ?? {})
        if (found === undefined) return []
        const { operationId, previous, receivedAt, origin, isPending, refusal } = change
        const event: CareEvent = {
          operationId,
          previous,
          receivedAt,
          origin,
          isPending,
          refusal,
          name: '',
          role: undefined,
          from: undefined,
          documentId: history.documentId,
          who: subjectOfKey(change.publicKey, persons),
          ...found,
        }
        return [{ event, order: [receivedAt, rank.indexOf(createOf(history)?.schemaId ?? ''), at] }]
      })
    })
    .toSorted((a, b) => a.order.map((place, at) => place - (b.order[at] ?? 0)).find((way) => way !== 0) ?? 0)
    .map(({ event }) => event)
}

/** A key that belongs to a person is told as that person. */
const personal = (subject: Subject, persons: ReadonlyMap<PublicKey, DocumentId>): Subject =>
  subject.startsWith('k:') ? subjectOfKey(subject.slice(2) as PublicKey, persons) : subject

/** R8: the membership in the second log after that of the group, by the same key. */
const foundingMembership = (group: DocumentId, histories: readonly ControlHistory[]): DocumentId | undefined => {
  const ofThis = histories.find(({ documentId }) => documentId === group)
  const create = ofThis && createOf(ofThis)
  if (create === undefined) return undefined
  return histories.find((history) => {
    const first = createOf(history)
    return (
      first?.schemaId === membershipSchema &&
      first.publicKey === create.publicKey &&
      BigInt(first.logId) === BigInt(create.logId) + 2n
    )
  })?.documentId
}

/** A sentence: who did what to whom. */
export const sentenceOf = (
  event: CareEvent,
  say: GroupMessages,
  nameOf: (subject: Subject) => string,
  isOwn: (subject: Subject) => boolean,
): string =>
  say.care.did[event.deed]({
    who: nameOf(event.who),
    isOwn: isOwn(event.who),
    about: nameOf(event.about),
    isAboutOwn: isOwn(event.about),
    isSelf: event.who === event.about,
    name: event.name,
    role: event.role,
    from: event.from,
  })
