import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Role, permissions, roles } from '../../../src/core/authority/entry.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import { type MayDo, judgeInner, judgeOuter } from '../../../src/core/sealing/judge.ts'

const as =
  (role: Role): MayDo =>
  (permission) =>
    roles[role].includes(permission)
const actions = ['create', 'update', 'delete'] as const
/** What each role may do, as `create update delete`. */
const allowed = (judge: (action: (typeof actions)[number], may: MayDo) => unknown): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(roles) as Role[]).map((role) => [
      role,
      actions.filter((action) => judge(action, as(role)) === undefined).join(' '),
    ]),
  )
const message = 'takibi_message_v1' as SchemaId
const definition = 'schema_definition_v1' as SchemaId
const view = 'takibi_view_v1' as SchemaId

test('[SD5] anybody judges what is open by what its writer may do in the group', () => {
  expect(allowed((action, may) => judgeOuter({ action, isOwn: false, isCreators: false }, may))).toEqual({
    keeper: 'create update delete',
    moderator: 'create update delete',
    member: 'create update',
    contributor: 'create',
    reader: '',
  })
})

test('[SD5] what is own only its creator changes, and removes; so do those who may delete', () => {
  expect(allowed((action, may) => judgeOuter({ action, isOwn: true, isCreators: true }, may))).toEqual({
    keeper: 'create update delete',
    moderator: 'create update delete',
    member: 'create update delete',
    contributor: 'create update delete',
    reader: '',
  })
  expect(allowed((action, may) => judgeOuter({ action, isOwn: true, isCreators: false }, may))).toEqual({
    keeper: 'create delete',
    moderator: 'create delete',
    member: 'create',
    contributor: 'create',
    reader: '',
  })
})

test('[SD5] those with the key ask for what the schema inside asks', () => {
  const inner = (schemaId: SchemaId, isOwn: boolean): Record<string, string> =>
    allowed((action, may) => judgeInner({ action, isOwn, schemaId }, may))
  expect(inner(view, false)).toMatchObject({ member: 'create update delete', contributor: 'create delete' })
  expect(inner(message, true)).toMatchObject({ member: 'create update delete', contributor: 'create update delete' })
  expect(inner(definition, false)).toMatchObject({ keeper: 'create update delete', moderator: 'delete' })
})

test('[SD5] the flag `own` is there where the schema asks for it, and nowhere else', () => {
  const all: MayDo = () => true
  expect(judgeInner({ action: 'create', isOwn: false, schemaId: message }, all)).toEqual({
    code: 'refused/own-flag',
    rule: 'own',
  })
  expect(judgeInner({ action: 'update', isOwn: true, schemaId: view }, all)).toMatchObject({ code: 'refused/own-flag' })
})

test('[SD5] a grant for one schema is for the documents with that schema inside', () => {
  const views: MayDo = (_, range) => range === undefined || range === view
  expect(judgeInner({ action: 'create', isOwn: false, schemaId: view }, views)).toBeUndefined()
  expect(judgeInner({ action: 'create', isOwn: true, schemaId: message }, views)).toEqual({
    code: 'refused/not-given',
    permission: 'create',
  })
})

test('[SD5] who may more is never refused what others may', () => {
  const anyCase = fc.record({
    action: fc.constantFrom(...actions),
    isOwn: fc.boolean(),
    isCreators: fc.boolean(),
    schemaId: fc.constantFrom(message, definition, view),
  })
  fc.assert(
    fc.property(anyCase, fc.subarray([...permissions]), fc.constantFrom(...permissions), (one, some, more) => {
      const few: MayDo = (permission) => some.includes(permission)
      const many: MayDo = (permission) => permission === more || few(permission)
      expect([judgeOuter, judgeInner].filter((judge) => judge(one, few) === undefined && judge(one, many))).toEqual([])
    }),
  )
})
