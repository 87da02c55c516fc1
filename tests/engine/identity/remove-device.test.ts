import { expect, test } from 'vitest'
import { memoryClock } from '../../../src/adapters/memory/memory-clock.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { keySubject } from '../../../src/core/authority/entry.ts'
import type { PublicKey } from '../../../src/core/ids.ts'
import { systemSchemaId } from '../../../src/core/schema/system/id.ts'
import type { EngineApi } from '../../../src/engine/api.ts'
import { ownPersonChange, readOwnPerson } from '../../../src/engine/identity/own-person.ts'
import { planRemoval, removeDevice } from '../../../src/engine/identity/remove-device.ts'
import { roleFields } from '../../../src/engine/identity/person-drafts.ts'
import { personalEngine, standing } from './a-person.ts'
import { call, codeOf, createAll, define, valueOf } from '../support.ts'

const [request, membership] = [
  systemSchemaId('key_group_membership_request_v1'),
  systemSchemaId('key_group_membership_v1'),
]

/** Everything that one device has, brought to another as a file. */
async function bring(from: EngineApi, to: EngineApi): Promise<void> {
  const file = valueOf(await from.exportBundle({ all: true }, { ...call, report: () => undefined }))
  valueOf(await to.importBundle(file, call))
}

const keyOf = async (api: EngineApi): Promise<PublicKey> => valueOf(await api.publicKeys())[0]!

/** A phone that founded its person, and a laptop that was let in as keeper: one knows what the other does. */
async function twoDevices(seed: number, role: 'keeper' | 'member' = 'keeper') {
  const clock = memoryClock()
  const phone = personalEngine(seed, { store: openMemoryStore(), clock })
  const laptop = personalEngine(seed + 1, { store: openMemoryStore(), clock, isLinked: true })
  const schema = await define(phone.api, { title: 'str' })
  const person = (await readOwnPerson(phone.store))!
  await bring(phone.api, laptop.api)
  await laptop.store.commit([ownPersonChange(person)], [])
  const asked = valueOf(
    await laptop.api.publish([{ action: 'create', schema: request, fields: { key_group: person } }], call),
  )
  await bring(laptop.api, phone.api)
  const fields = { key_group: person, request: asked[0]!.operationId, ...roleFields(role) }
  valueOf(await phone.api.publish([{ action: 'create', schema: membership, fields }], call))
  await bring(phone.api, laptop.api)
  return {
    clock,
    phone,
    laptop,
    person,
    schema,
    keys: { phone: await keyOf(phone.api), laptop: await keyOf(laptop.api) },
  }
}

test('[ID14] a lost device is out, and what it wrote until then stays', async () => {
  const { phone, laptop, person, schema, keys } = await twoDevices(11)
  const [thing] = await createAll(laptop.api, schema.id, [{ title: 'By the laptop' }])
  await bring(laptop.api, phone.api)
  const before = await standing(phone)
  const members = before.group(person).members
  expect(members).toContain(keySubject(keys.laptop))

  const removed = await removeDevice(phone.deps, { publicKey: keys.laptop }, call)
  expect(valueOf(removed)).toMatchObject({ isFinal: true, keptLogs: 2 })
  const after = await standing(phone)
  expect(after.group(person).members).not.toContain(keySubject(keys.laptop))
  // What it would write from now on counts for nothing; its request, by which it came in, is kept.
  const place = { publicKey: keys.laptop, seqNum: 1n as never }
  expect(after.judge(person, { ...place, logId: 0n as never }, 'create', '*')).toMatchObject({ ground: 'kept' })
  expect(after.judge(person, { ...place, logId: 99n as never }, 'create', '*')).toMatchObject({ ground: 'banned' })
  expect(valueOf(await phone.api.document(thing!))?.fields['title']).toBe('By the laptop')
})

test('[ID14] of a stolen device only what came before the theft is kept', async () => {
  const { clock, phone, laptop, person, keys } = await twoDevices(21)
  await clock.advance(60_000)
  const theft = clock.now()
  // The thief lets somebody in.
  const thief = personalEngine(23, { store: openMemoryStore(), clock, isLinked: true })
  await bring(laptop.api, thief.api)
  const asked = valueOf(
    await thief.api.publish([{ action: 'create', schema: request, fields: { key_group: person } }], call),
  )
  await bring(thief.api, laptop.api)
  const fields = { key_group: person, request: asked[0]!.operationId, ...roleFields('keeper') }
  valueOf(await laptop.api.publish([{ action: 'create', schema: membership, fields }], call))
  await bring(laptop.api, phone.api)
  const before = await standing(phone)
  const foreign = keySubject(await keyOf(thief.api))
  expect(before.group(person).members).toContain(foreign)

  const plan = async (removal: object) =>
    valueOf(await planRemoval(phone.deps, { publicKey: keys.laptop, ...removal }, call))
  const letIn = [{ publicKey: await keyOf(thief.api) }]
  expect(await plan({})).toMatchObject({ leftOut: 0, letIn: [{ ...letIn[0], stays: true }] })
  expect(await plan({ stolenSince: theft })).toMatchObject({ leftOut: 1, letIn: [{ ...letIn[0], stays: false }] })
  expect((await standing(phone)).group(person).members).toContain(foreign)

  valueOf(await removeDevice(phone.deps, { publicKey: keys.laptop, stolenSince: theft }, call))
  const { members } = (await standing(phone)).group(person)
  expect(members).not.toContain(foreign)
  expect(members).not.toContain(keySubject(keys.laptop))
  expect(members).toContain(keySubject(keys.phone))
})

test('[ID14] whoever stands below removes softly, and is told', async () => {
  const { laptop, person, keys } = await twoDevices(41)
  // The phone stands at 1 by the paper key, the laptop at 2 by the phone.
  expect(valueOf(await planRemoval(laptop.deps, { publicKey: keys.phone }, call))).toMatchObject({
    isFinal: false,
    letIn: [{ publicKey: keys.laptop, stays: true }],
  })
  const removed = await removeDevice(laptop.deps, { publicKey: keys.phone }, call)
  expect(valueOf(removed)).toMatchObject({ isFinal: false })
  expect((await standing(laptop)).group(person).members).not.toContain(keySubject(keys.phone))
})

test('[ID14] who may not, who is nobody, and what is no device of this person is refused by name', async () => {
  const { phone, laptop, keys } = await twoDevices(51, 'member')
  const ask = async (engine: typeof phone, publicKey: PublicKey) =>
    codeOf(await removeDevice(engine.deps, { publicKey }, call))
  expect(await ask(laptop, keys.phone)).toBe('person/not-allowed')
  expect(await ask(phone, keys.phone)).toBe('person/device-own')
  expect(await ask(phone, 'ab'.repeat(32) as PublicKey)).toBe('person/device-unknown')
  const nobody = personalEngine(55, { store: openMemoryStore() })
  expect(await ask(nobody, keys.phone)).toBe('person/none')
})
