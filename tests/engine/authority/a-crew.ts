import { type Flags, type Role, roleFlags } from '../../../src/core/authority/entry.ts'
import { type RangeRow, encodeRanges } from '../../../src/core/authority/ranges.ts'
import { flagFields } from '../../../src/core/authority/flag-fields.ts'
import { hexToBytes } from '../../../src/core/bytes/hex.ts'
import type { DocumentId, OperationId, PublicKey, SchemaId, SeqNum } from '../../../src/core/ids.ts'
import type { PlainFields, PlainValue } from '../../../src/core/operation/operation.ts'
import { type Author, type Written, anAuthor, named, text } from '../author.ts'

/** A document with everything written on it, each writer in a log of its own. */
export interface Paper {
  readonly id: DocumentId
  readonly schemaId: SchemaId
  readonly written: Written[]
  /** What the next operation follows. */
  tips: readonly Written[]
}

export const owner = (...ids: readonly string[]): PlainValue => ({
  plain: 'hashes',
  value: ids.toSorted() as readonly string[] as readonly OperationId[],
})
const relation = (id: string): PlainValue => ({ plain: 'bytes', value: hexToBytes(id) })
const bool = (value: boolean): PlainValue => ({ plain: 'bool', value })
const switches = (flags: Flags): PlainFields =>
  Object.fromEntries(Object.entries(flagFields(flags)).map(([name, value]) => [name, bool(value)]))

const schema = (name: string): SchemaId => name as SchemaId

/**
 * People who write to groups by hand, so that a test brings what they wrote in any order, and what nobody should write. `all` is everything, in the
 * order it was written.
 */
export function aCrew() {
  const all: Written[] = []
  const note = (written: Written): Written => {
    all.push(written)
    return written
  }
  const begin = (author: Author, schemaId: SchemaId, fields: PlainFields): Paper => {
    const written = note(author.create(fields, schemaId))
    return { id: written.id as string as DocumentId, schemaId, written: [written], tips: [written] }
  }
  /** Goes on with a document. `after`: what its writer knew; by default all. */
  const goOn = (
    author: Author,
    paper: Paper,
    fields: PlainFields | 'delete',
    after: readonly Written[] = paper.tips,
  ): Written => {
    const log = paper.written.filter(({ entry }) => entry.publicKey === author.publicKey)
    const previous = after.map(({ id }) => id).toSorted()
    const { schemaId } = paper
    const written = note(
      author.write(
        log,
        fields === 'delete'
          ? { action: 'delete', schemaId, previous }
          : { action: 'update', schemaId, previous, fields },
      ),
    )
    paper.written.push(written)
    paper.tips = [...paper.tips.filter((tip) => !after.includes(tip)), written]
    return written
  }

  const ask = (author: Author, group: Paper, member?: Paper): Paper =>
    begin(author, schema('key_group_membership_request_v1'), {
      key_group: relation(group.id),
      ...(member && { member: owner(member.id) }),
    })
  const accept = (author: Author, group: Paper, request: Paper, flags: Flags, range?: SchemaId): Paper =>
    begin(author, schema('key_group_membership_v1'), {
      key_group: owner(group.id),
      request: owner(request.id),
      ...(range && { schema: text(range) }),
      ...switches(flags),
    })
  /** A group whose founder lets itself in by the two logs behind it (R8). */
  const found = (author: Author, person?: Paper): Paper => {
    const group = begin(author, schema('key_group_v1'), {
      name: text('g'),
      members: { plain: 'hashes', value: [] },
      ...(person && { founder: owner(person.id) }),
    })
    accept(author, group, ask(author, group, person), roleFlags('keeper'))
    return group
  }
  return {
    all,
    begin,
    goOn,
    found,
    ask,
    accept,
    /** Somebody new, with a key: and, by it, a person. */
    join: (seed: number): Author => anAuthor(seed),
    /** Asks by `asking` and accepts by `by`. */
    admit: (
      by: Author,
      group: Paper,
      asking: Author,
      role: Role,
      { member, range }: { readonly member?: Paper; readonly range?: SchemaId } = {},
    ): Paper => accept(by, group, ask(asking, group, member), roleFlags(role), range),
    turn: (by: Author, membership: Paper, flags: Flags, after?: readonly Written[]): Written =>
      goOn(by, membership, switches(flags), after),
    limit: (by: Author, membership: Paper, key: PublicKey, mode: 'keep' | 'void', rows: readonly RangeRow[]): Paper =>
      begin(by, schema('key_group_membership_limit_v1'), {
        membership: owner(membership.id),
        public_key: text(key),
        mode: text(mode),
        ranges: { plain: 'bytes', value: encodeRanges(rows) },
      }),
    /** A schema whose things belong to a group, with a title; defined by somebody. */
    things: (author: Author): SchemaId => {
      const group = note(author.create({ name: text('group'), type: text('owner(key_group_v1)') }))
      const title = note(author.create(named('title')))
      const definition = note(
        author.create(
          {
            name: text('thing'),
            description: text(''),
            fields: { plain: 'hash-lists', value: [[group.id], [title.id]] },
          },
          schema('schema_definition_v1'),
        ),
      )
      return schema(`thing_${definition.id}`)
    },
    thing: (author: Author, of: SchemaId, group: Paper, title: string): Paper =>
      begin(author, of, { group: owner(group.id), title: text(title) }),
    retitle: (author: Author, thing: Paper, title: string, after?: readonly Written[]): Written =>
      goOn(author, thing, { title: text(title) }, after),
  }
}
/** A row over a writer's log of a document, up to one of its entries. */
export const rowTo = ({ entry, id }: Written): RangeRow => ({
  logId: entry.logId,
  from: 1n as SeqNum,
  to: entry.seqNum,
  tip: id,
})
