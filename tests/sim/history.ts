import type { DocumentOperation } from '../../src/core/document/reduce.ts'
import { reduceDocument } from '../../src/core/document/reduce.ts'
import type { OperationId, SchemaId } from '../../src/core/ids.ts'
import type { PlainOperation } from '../../src/core/operation/operation.ts'
import { type Author, type Written, aSchema, anAuthor, named, plainSchema, text } from '../engine/author.ts'
import type { Dice } from './dice.ts'

/** One document as it was written: who wrote what, in the order of writing. */
interface Story {
  readonly schemaId: SchemaId
  readonly all: { readonly by: Author; readonly written: Written; readonly operation: PlainOperation }[]
  readonly logs: Map<Author, Written[]>
  /** Written against the schema, and all that follows it in its log or in the graph: without effect wherever it comes. */
  readonly spoilt: Set<OperationId>
}

export interface History {
  readonly entries: readonly Written[]
  /** Second entries at places that are taken. */
  readonly forks: readonly Written[]
  /** What every view has to be in the end, worked out without an engine. */
  readonly views: ReadonlyMap<string, { readonly viewId: string; readonly isDeleted: boolean; readonly title: unknown }>
}

const authors = [1, 2, 3].map(anAuthor)
const titleField = (schemaId: SchemaId): string => (schemaId === plainSchema ? 'name' : 'title')

const writeNext = (story: Story, by: Author, chance: Dice, count: number): void => {
  const log = story.logs.get(by) ?? []
  const known = story.all.slice(-1 - chance.roll(4))
  const previous = [...new Set([chance.pick(known), chance.pick(known)].map(({ written }) => written.id))].sort()
  const isSpoilt = story.schemaId !== plainSchema && chance.chance(12)
  const operation: PlainOperation = chance.chance(20)
    ? { action: 'delete', schemaId: story.schemaId, previous }
    : {
        action: 'update',
        schemaId: story.schemaId,
        previous,
        fields: { [isSpoilt ? 'colour' : titleField(story.schemaId)]: text(`t${count}`) },
      }
  const written = by.write(log, operation)
  const isRefused = isSpoilt && operation.action === 'update'
  const follows = log.some(({ id }) => story.spoilt.has(id)) || previous.some((id) => story.spoilt.has(id))
  if (isRefused || follows) story.spoilt.add(written.id)
  story.logs.set(by, [...log, written])
  story.all.push({ by, written, operation })
}

const viewOf = ({
  all,
  spoilt,
  schemaId,
}: Story): History['views'] extends ReadonlyMap<string, infer View> ? View : never => {
  const operations = all.flatMap(({ by, written, operation }): readonly DocumentOperation[] => {
    if (spoilt.has(written.id)) return []
    if (operation.action === 'delete') return [{ id: written.id, publicKey: by.publicKey, operation }]
    const fields = Object.fromEntries(
      Object.entries(operation.fields).map(([name, value]) => [
        name,
        { kind: 'str', value: String(value.value) } as const,
      ]),
    )
    return [{ id: written.id, publicKey: by.publicKey, operation: { ...operation, fields } }]
  })
  const reduced = reduceDocument(operations)
  if (!reduced.ok) throw new Error(reduced.error.code)
  const { viewId, isDeleted, lastFields } = reduced.value
  return { viewId, isDeleted, title: lastFields[titleField(schemaId)]?.value }
}

/** Three people write documents of a built-in schema and of their own, on top of each other, now and then against the schema, now and then twice. */
export function aHistory(chance: Dice, length: number): History {
  const schema = aSchema(authors[0]!)
  const stories: Story[] = []
  for (let count = 0; count < length; count++) {
    const by = chance.pick(authors)
    if (stories.length === 0 || chance.chance(5)) {
      const schemaId = chance.pick([plainSchema, schema.id])
      const fields = schemaId === plainSchema ? named(`n${count}`) : { title: text(`n${count}`) }
      const written = by.create(fields, schemaId)
      const operation: PlainOperation = { action: 'create', schemaId, fields }
      stories.push({ schemaId, all: [{ by, written, operation }], logs: new Map([[by, [written]]]), spoilt: new Set() })
    } else writeNext(chance.pick(stories), by, chance, count)
  }
  const forks = stories.flatMap(({ logs, schemaId }): readonly Written[] =>
    [...logs].flatMap(([by, log]) => {
      if (log.length < 2 || !chance.chance(3)) return []
      const before = log.slice(0, 1 + chance.roll(log.length - 1))
      return [by.write(before, { action: 'delete', schemaId, previous: [before[0]!.id] })]
    }),
  )
  return {
    entries: [...schema.written, ...stories.flatMap(({ all }) => all.map(({ written }) => written))],
    forks,
    views: new Map(stories.map((story) => [story.all[0]!.written.id, viewOf(story)])),
  }
}
