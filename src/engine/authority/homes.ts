import type { Authority } from '../../core/authority/authority.ts'
import type { ControlEntry } from '../../core/authority/entry.ts'
import type { DocumentId, SchemaId } from '../../core/ids.ts'
import { isNestedSchema } from '../../core/schema/system/index.ts'
import type { Store } from '../../ports/store.ts'
import { isSame } from '../is-same.ts'
import { type Known, judgedIn } from './known.ts'

/** Where a document belongs, by its owners. */
export interface Home {
  readonly group: DocumentId
  readonly schemaId: SchemaId
  /** The other groups whose control closure that group is in. */
  readonly outer: readonly DocumentId[]
  /** Of a request that counts: the group that it is for. */
  readonly asksFor?: DocumentId
}

/** What of a group decides where its documents belong, and what it lists. */
export interface Shape {
  readonly listed: readonly DocumentId[]
  readonly nested: readonly DocumentId[]
  readonly asked: readonly DocumentId[]
}

const shapeOf = (authority: Authority, group: DocumentId): Shape => ({
  listed: authority.listing(group).memberships,
  nested: authority.controlGroups(group),
  asked: authority.groupRequests(group).map(({ request }) => request),
})

/** Remembers what groups are like before that changes: as they were when views were made. */
export function rememberShapes({ authority, shapes }: Known, groups: readonly DocumentId[]): void {
  for (const group of groups) if (!shapes.has(group)) shapes.set(group, shapeOf(authority, group))
}

export const takeShapes = (authority: Authority, groups: readonly DocumentId[]): ReadonlyMap<DocumentId, Shape> =>
  new Map(groups.map((group) => [group, shapeOf(authority, group)]))

/**
 * Documents whose views, or whose places, are others than when they were made: of groups that list other memberships, of groups that came into the
 * closure of another one, requests that count by now, limits whose membership has just come, and statements that stand by now though their speakers
 * stand as before: what they are about was not known.
 */
export async function documentsToPlace(
  store: Store,
  known: Known,
  after: ReadonlyMap<DocumentId, Shape>,
  entries: readonly ControlEntry[],
): Promise<readonly DocumentId[]> {
  const ids = entries.flatMap(({ id }) => known.authority.limitsOn(id as string as DocumentId))
  const nested = new Set<DocumentId>()
  for (const [group, now] of after) {
    const before = known.shapes.get(group)
    if (!isSame(before?.listed ?? [], now.listed)) ids.push(group)
    for (const one of now.nested) if (!(before?.nested ?? [group]).includes(one)) nested.add(one)
    ids.push(...now.asked.filter((one) => !before?.asked.includes(one)))
    for (const [id, { refused }] of await judgedIn(store, known, group))
      if (refused.some((operation) => known.authority.stands(group, operation))) ids.push(id)
  }
  for (const group of nested)
    for (const [id, { schemaId }] of await judgedIn(store, known, group)) if (isNestedSchema(schemaId)) ids.push(id)
  return ids
}

/** Completes what is known of where documents belong by the groups around theirs. */
export function homesOf(
  authority: Authority,
  judged: ReadonlyMap<DocumentId, Pick<Home, 'group' | 'schemaId'>>,
): ReadonlyMap<DocumentId, Home> {
  // A group's data is in its own parts alone, whatever is around it.
  const nesting = [...judged.values()].filter(({ schemaId }) => isNestedSchema(schemaId))
  const inner = new Set(nesting.map(({ group }) => group))
  const outer = new Map<DocumentId, DocumentId[]>()
  for (const group of inner.size > 0 ? authority.groups() : [])
    for (const one of authority.controlGroups(group))
      if (one !== group && inner.has(one)) outer.set(one, [...(outer.get(one) ?? []), group])
  const asking = new Map([...inner].flatMap(authority.groupRequests).map(({ request, member }) => [request, member]))
  return new Map(
    [...judged].map(([id, home]): readonly [DocumentId, Home] => {
      const asksFor = asking.get(id)
      return [id, { ...home, outer: outer.get(home.group) ?? [], ...(asksFor && { asksFor }) }]
    }),
  )
}
