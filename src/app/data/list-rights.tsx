import { createContext, type ReactNode, use } from 'react'
import type { DocumentId, Refusal, SchemaId, TakibiNode } from '../../sdk/index.ts'
import { useNode, useQuery } from '../../sdk/react/index.ts'
import type { Collection } from './collection.ts'
import { membershipSchema, viewSchema } from './system-schemas.ts'
import { useAnswer } from './use-answer.ts'

/** What one may do in a list. */
export interface ListRights {
  /** Things. */
  readonly add: boolean
  readonly change: boolean
  readonly remove: boolean
  /** Views, which are everybody's who may add and change. */
  readonly arrange: boolean
  /** The list itself: its name and fields, and that it is there. */
  readonly keep: boolean
  /** What to say where it is not all of that. */
  readonly why: 'look' | 'add' | 'change' | 'stranger' | 'banned' | 'other' | undefined
}

const everything: ListRights = {
  add: true,
  change: true,
  remove: true,
  arrange: true,
  keep: true,
  why: undefined,
}
const nothingYet: ListRights = {
  add: false,
  change: false,
  remove: false,
  arrange: false,
  keep: false,
  why: undefined,
}

/** What this device may do now in a list of a group, as it knows the group. */
export const listRightsIn = async (
  node: Pick<TakibiNode, 'canI'>,
  group: DocumentId,
  schema: SchemaId,
): Promise<ListRights> => {
  const things = { group, schema }
  const [create, update, remove, arrange, keep] = await Promise.all([
    node.canI('create', things),
    node.canI('update', things),
    node.canI('delete', things),
    node.canI('create', { group, schema: viewSchema }),
    node.canI('authorise', { group }),
  ])
  const may = (refusal: Refusal | undefined): boolean => refusal === undefined
  return {
    add: may(create),
    change: may(update),
    remove: may(remove),
    arrange: may(arrange),
    keep: may(keep),
    why: whyOf(create, update, remove),
  }
}

const whyOf = (
  create: Refusal | undefined,
  update: Refusal | undefined,
  remove: Refusal | undefined,
): ListRights['why'] => {
  if (create !== undefined) {
    const { reason } = create
    if (reason === 'not-given') return 'look'
    return reason === 'stranger' || reason === 'banned' ? reason : 'other'
  }
  if (update !== undefined) return 'add'
  return remove === undefined ? undefined : 'change'
}

const RightsContext = createContext(everything)

/** What one may do in the list around; without one, or in one's own: everything. */
export const useListRights = (): ListRights => use(RightsContext)

/** Says to everything of a list what one may do in it. */
export const ListRightsProvider = ({
  of: { group, schema },
  children,
}: {
  readonly of: Pick<Collection, 'group' | 'schema'>
  readonly children: ReactNode
}) =>
  group === undefined || schema === undefined ? (
    children
  ) : (
    <OfGroup group={group} schema={schema.id}>
      {children}
    </OfGroup>
  )

const OfGroup = ({
  group,
  schema,
  children,
}: {
  readonly group: DocumentId
  readonly schema: SchemaId
  readonly children: ReactNode
}) => {
  const node = useNode()
  // Asked again whenever somebody's place changes.
  const { documents } = useQuery(membershipSchema, { first: 1_000 })
  const { value = nothingYet } = useAnswer(() => listRightsIn(node, group, schema), [node, group, schema, documents])
  return <RightsContext value={value}>{children}</RightsContext>
}
