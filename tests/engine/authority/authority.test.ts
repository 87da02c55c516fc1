import { describe, expect, test } from 'vitest'
import type { Refusal } from '../../../src/core/authority/refusal.ts'
import { fieldsToValues } from '../../../src/core/operation/values.ts'
import type { EngineDeps } from '../../../src/engine/deps.ts'
import { documentAt, documentHistory } from '../../../src/engine/read-document.ts'
import { documentViewId } from '../../../src/core/document/view-id.ts'
import { type Written, anAuthor } from '../author.ts'
import { oneDoor, take } from '../door.ts'
import { valueOf } from '../support.ts'
import { type Paper, aCrew, owner, rowTo } from './a-crew.ts'

/** What is seen of a document: its title; `deleted`; or nothing. */
async function seen(deps: EngineDeps, { id }: Paper): Promise<unknown> {
  await deps.materialiser.settled()
  const row = await deps.store.view(id)
  if (row === undefined) return undefined
  return row.isDeleted ? 'deleted' : fieldsToValues(row.fields)['title']
}
/** Why operations of a document do not count, by id. */
async function refusals(deps: EngineDeps, { id }: Paper): Promise<readonly (Refusal['reason'] | undefined)[]> {
  return valueOf(await documentHistory(deps, id)).map(({ refusal }) => refusal?.reason)
}
const door = async (written: readonly Written[]): Promise<EngineDeps> => {
  const deps = oneDoor({}, {})
  await take(deps, written)
  return deps
}

/** Ada founds a group, Bo may create and update in it, Cy is nobody there. */
function aGroup() {
  const crew = aCrew()
  const [ada, bo, cy] = [anAuthor(1), anAuthor(2), anAuthor(3)] as const
  const person = crew.found(ada)
  const group = crew.found(ada, person)
  const things = crew.things(ada)
  const bosPlace = crew.admit(ada, group, bo, 'member')
  return { ...crew, ada, bo, cy, person, group, schema: things, bosPlace }
}

describe('documents of a group', () => {
  test('[R19] count where their writer may create and update, and say why where not', async () => {
    const { all, ada, bo, cy, group, schema, thing, retitle } = aGroup()
    const mine = thing(ada, schema, group, 'pot')
    retitle(bo, mine, 'kettle')
    const [, before] = mine.written
    retitle(cy, mine, 'mine now')
    const foreign = thing(cy, schema, group, 'spam')
    const deps = await door(all)
    expect(await seen(deps, mine)).toBe('kettle')
    expect(await seen(deps, foreign)).toBeUndefined()
    expect(await refusals(deps, mine)).toEqual([undefined, undefined, 'stranger'])
    expect((await deps.store.view(mine.id))?.viewId).toBe(before?.id)
  })

  test('[R19] are deleted by those who may delete', async () => {
    const { all, ada, bo, group, schema, thing, goOn } = aGroup()
    const first = thing(ada, schema, group, 'pot')
    const second = thing(ada, schema, group, 'pan')
    goOn(bo, first, 'delete')
    goOn(ada, second, 'delete')
    const deps = await door(all)
    expect(await seen(deps, first)).toBe('pot')
    expect(await seen(deps, second)).toBe('deleted')
  })

  test('[R19] stay in the group of their CREATE: an UPDATE that names another one does not count', async () => {
    const { all, ada, bo, group, schema, thing, goOn, found } = aGroup()
    const own = found(bo)
    const taken = thing(ada, schema, group, 'pot')
    const title = { title: { plain: 'str', value: 'mine' } } as const
    goOn(bo, taken, { group: owner(own.id), ...title })
    const named = thing(ada, schema, group, 'pan')
    goOn(bo, named, { group: owner(group.id), ...title })
    const deps = await door(all)
    expect(await seen(deps, taken)).toBe('pot')
    expect(await refusals(deps, taken)).toEqual([undefined, 'other-group'])
    expect(await seen(deps, named)).toBe('mine')
  })

  test('[R19] may be for one schema only', async () => {
    const { all, ada, cy, group, schema, thing, things, admit } = aGroup()
    const others = things(ada)
    admit(ada, group, cy, 'member', { range: schema })
    const allowed = thing(cy, schema, group, 'pot')
    const refused = thing(cy, others, group, 'pan')
    const deps = await door(all)
    expect(await seen(deps, allowed)).toBe('pot')
    expect(await seen(deps, refused)).toBeUndefined()
  })

  test('[R2] wait for owners that are not here, and are nobody’s where these lead to no group', async () => {
    const { all, ada, group, schema, thing, things, begin } = aGroup()
    const early = thing(ada, schema, group, 'pot')
    const deps = oneDoor({}, {})
    await take(
      deps,
      all.filter((written) => written !== group.written[0]),
    )
    expect(await seen(deps, early)).toBeUndefined()
    await take(deps, group.written)
    expect(await seen(deps, early)).toBe('pot')

    const lost = begin(ada, schema, {
      group: owner(things(ada).slice('thing_'.length)),
      title: { plain: 'str', value: 'x' },
    })
    await take(deps, all)
    expect(await seen(deps, lost)).toBeUndefined()
    expect(await refusals(deps, lost)).toEqual(['no-group'])
  })
})

describe('documents without owner', () => {
  test('[R20] belong to the key that created them', async () => {
    const { all, bo, cy, begin, goOn } = aGroup()
    const name = (value: string) => ({ name: { plain: 'str', value }, type: { plain: 'str', value: 'str' } }) as const
    const field = begin(bo, 'schema_field_definition_v1' as never, name('title'))
    goOn(cy, field, name('stolen'))
    goOn(bo, field, name('titel'), [field.written[0]!])
    goOn(cy, field, 'delete')
    const deps = await door(all)
    expect(fieldsToValues((await deps.store.view(field.id))!.fields)['name']).toBe('titel')
    expect(await refusals(deps, field)).toEqual(expect.arrayContaining(['others']))
  })
})

describe('what is seen of a document', () => {
  test('[R21] an operation built on a refused one counts, and keeps its place after it', async () => {
    const { all, ada, bo, cy, group, schema, thing, retitle } = aGroup()
    const pot = thing(ada, schema, group, 'pot')
    const spam = retitle(cy, pot, 'spam')
    retitle(bo, pot, 'kettle', [spam])
    const deps = await door(all)
    expect(await seen(deps, pot)).toBe('kettle')
  })

  test('[R22] a view that names an operation which counts no more is seen without it', async () => {
    const { all, ada, bo, group, schema, thing, retitle, limit, bosPlace } = aGroup()
    const pot = thing(ada, schema, group, 'pot')
    const said = retitle(bo, pot, 'rude')
    const deps = await door(all)
    const viewId = documentViewId([said.id])
    expect(valueOf(await documentAt(deps, viewId))?.fields['title']).toBe('rude')
    const { logId, seqNum } = said.entry
    limit(ada, bosPlace, bo.publicKey, 'void', [{ logId, from: seqNum, to: seqNum }])
    await take(deps, all)
    expect(await seen(deps, pot)).toBe('pot')
    expect(valueOf(await documentAt(deps, viewId))?.fields['title']).toBe('pot')
    expect((await deps.store.view(pot.id))?.viewId).toBe(pot.id)
  })
})

describe('a removal that comes late', () => {
  test('[R21] takes back what was not kept, tells which operations, and a withdrawal of the rows takes back the rest', async () => {
    const { all, ada, bo, group, schema, thing, retitle, limit, turn, goOn, bosPlace } = aGroup()
    const deps = oneDoor({}, {})
    const told: unknown[] = []
    deps.changes.subscribe(({ rejudged = [] }) => {
      told.push(...rejudged.map(({ operationId, refusal }) => [operationId, refusal?.reason]))
    })
    const pot = thing(ada, schema, group, 'pot')
    const kept = retitle(bo, pot, 'kettle')
    const lost = retitle(bo, pot, 'vandalised')
    await take(deps, all)
    expect(await seen(deps, pot)).toBe('vandalised')
    const rows = limit(ada, bosPlace, bo.publicKey, 'keep', [rowTo(kept)])
    turn(ada, bosPlace, { accepted: false })
    await take(deps, all)
    expect(await seen(deps, pot)).toBe('kettle')
    expect(told).toEqual([[lost.id, 'banned']])
    const [, , third] = valueOf(await documentHistory(deps, pot.id))
    expect(third?.refusal).toMatchObject({ reason: 'banned', group: group.id, by: [bosPlace.written[1]!.id] })

    goOn(ada, rows, 'delete')
    await take(deps, all)
    expect(await seen(deps, pot)).toBe('pot')
    turn(ada, bosPlace, { accepted: true })
    await take(deps, all)
    expect(await seen(deps, pot)).toBe('vandalised')
    expect(told.slice(1)).toEqual([
      [rows.id, 'no-effect'],
      [kept.id, 'banned'],
      [kept.id, undefined],
      [lost.id, undefined],
    ])
  })

  test('[R11] nobody removed withdraws rows, or admits, or removes who removed it', async () => {
    const { all, ada, bo, cy, group, schema, thing, limit, turn, goOn, admit } = aGroup()
    const place = admit(ada, group, cy, 'keeper')
    const said = thing(bo, schema, group, 'pot')
    const bos = thing(bo, schema, group, 'pan')
    const { logId } = bos.written[0]!.entry
    const voided = limit(cy, admit(ada, group, bo, 'reader'), bo.publicKey, 'void', [
      { logId, from: 1n as never, to: 1n as never },
    ])
    const keptRow = rowTo(voided.written[0]!)
    const deps = await door(all)
    expect([await seen(deps, said), await seen(deps, bos)]).toEqual(['pot', undefined])
    limit(ada, place, cy.publicKey, 'keep', [keptRow])
    turn(ada, place, { accepted: false })
    goOn(cy, voided, 'delete')
    const friend = anAuthor(9)
    admit(cy, group, friend, 'keeper')
    const spam = thing(friend, schema, group, 'spam')
    const late = thing(cy, schema, group, 'late')
    await take(deps, all)
    expect(await Promise.all([said, bos, spam, late].map((one) => seen(deps, one)))).toEqual([
      'pot',
      undefined,
      undefined,
      undefined,
    ])
  })
})
