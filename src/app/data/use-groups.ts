import { useMemo } from 'react'
import type { DocumentId, GroupSummary, LiveStatus, PublicKey, Refusal, Subject } from '../../sdk/index.ts'
import { useNode, usePerson, useQuery } from '../../sdk/react/index.ts'
import { type GroupCard, cardOf } from './group-card.ts'
import {
  type GroupPerson,
  type IsOwn,
  isPeopleGroup,
  type PendingRequest,
  peopleOf,
  personsByKey,
  type Places,
} from './group-people.ts'
import { groupCardSchema, groupSchema, membershipSchema, requestSchema } from './system-schemas.ts'
import { useAnswer } from './use-answer.ts'
import { everything } from './use-persons.ts'

/** A group as a list shows it. */
export interface ListedGroup {
  readonly id: DocumentId
  readonly card: GroupCard
  readonly people: readonly GroupPerson[]
  readonly pending: readonly PendingRequest[]
  /** Oneself in it, while one is or was. */
  readonly own: GroupPerson | undefined
  readonly summary: GroupSummary
}

/** All groups of people on this device, and whose devices keys are. */
export type GroupsState = Pick<LiveStatus, 'status'> & {
  readonly groups: readonly ListedGroup[]
  readonly persons: ReadonlyMap<PublicKey, DocumentId>
}

const noPersons: ReadonlyMap<PublicKey, DocumentId> = new Map()

/** Tells this device and its person from others. */
export const useIsOwn = (): IsOwn => {
  const { publicKey } = useNode()
  const { person } = usePerson()
  const id = person?.id
  return useMemo(() => (subject: Subject) => subject === `k:${publicKey}` || subject === `g:${id}`, [publicKey, id])
}

/** The groups that this device knows, as they stand now. A person's own group is none of them. */
export const useGroups = (): GroupsState => {
  const node = useNode()
  const isOwn = useIsOwn()
  const groups = useQuery(groupSchema, everything)
  const requests = useQuery(requestSchema, everything)
  const memberships = useQuery(membershipSchema, everything)
  const cards = useQuery(groupCardSchema, everything)
  const places = useMemo(
    (): Places => ({
      groups: groups.documents,
      requests: requests.documents,
      memberships: memberships.documents,
    }),
    [groups, requests, memberships],
  )
  // Who is a member follows from everything that was said, so it is asked again whenever anything was.
  const { value: summaries } = useAnswer(async () => {
    const asked = places.groups.filter(isPeopleGroup)
    return new Map(await Promise.all(asked.map(async ({ id }) => [id, await node.groups.summary(id)] as const)))
  }, [node, places])
  const states = [groups, requests, memberships, cards]
  const isFailed = states.some(({ status }) => status === 'failed')
  const isLoading = summaries === undefined || states.some(({ status }) => status === 'loading')
  return useMemo((): GroupsState => {
    if (isLoading || summaries === undefined)
      return { status: isFailed ? 'failed' : 'loading', groups: [], persons: noPersons }
    const listed = places.groups.filter(isPeopleGroup).flatMap((group): ListedGroup[] => {
      const summary = summaries.get(group.id)
      if (summary === undefined) return []
      const { people, pending } = peopleOf(group.id, places, summary, isOwn)
      const own = people.find((one) => one.isOwn)
      return [{ id: group.id, card: cardOf(group, cards.documents), people, pending, own, summary }]
    })
    return { status: isFailed ? 'failed' : 'ready', groups: listed, persons: personsByKey(places) }
  }, [isLoading, isFailed, summaries, places, cards, isOwn])
}

/** One of them; `group` is `undefined` while loading, or where there is none of this id. */
export const useGroup = (
  id: string,
): Pick<GroupsState, 'status' | 'persons'> & { readonly group: ListedGroup | undefined } => {
  const { status, groups, persons } = useGroups()
  return { status, persons, group: groups.find((group) => group.id === id) }
}

/** Why this device may not let in, send away or set roles in a group; `undefined`: it may. `null`: not known yet. */
export const useMayAuthorise = (group: ListedGroup | undefined): Refusal | undefined | null => {
  const node = useNode()
  const { value } = useAnswer(
    async () =>
      group === undefined ? { refusal: null } : { refusal: await node.canI('authorise', { group: group.id }) },
    [node, group?.id, group?.summary],
  )
  return value === undefined ? null : value.refusal
}
