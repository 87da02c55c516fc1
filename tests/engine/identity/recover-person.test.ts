import { expect, test } from 'vitest'
import { keySubject } from '../../../src/core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import type { EngineApi } from '../../../src/engine/api.ts'
import type { Recovery } from '../../../src/engine/identity/api.ts'
import { createIdentity } from '../../../src/engine/identity/identity.ts'
import { keepDrafts } from '../../../src/engine/identity/keep-drafts.ts'
import { keptLogs } from '../../../src/engine/identity/kept-logs.ts'
import { lowerings } from '../../../src/engine/identity/remove-device.ts'
import { publishDrafts } from '../../../src/engine/publish.ts'
import { readOwnPerson } from '../../../src/engine/identity/own-person.ts'
import { devicesOf, placesIn } from '../../../src/engine/identity/devices.ts'
import { lookUpWords, recoverPerson } from '../../../src/engine/identity/recover-person.ts'
import { call, codeOf, createAll, define, valueOf } from '../support.ts'
import { type PersonalEngine, personalEngine, standing } from './a-person.ts'

async function bring(from: EngineApi, to: EngineApi): Promise<void> {
  const file = valueOf(await from.exportBundle({ all: true }, { ...call, report: () => undefined }))
  valueOf(await to.importBundle(file, call))
}

const keyOf = async (api: EngineApi): Promise<PublicKey> => valueOf(await api.publicKeys())[0]!
const recover = ({ deps }: PersonalEngine, recovery: Partial<Recovery> & Pick<Recovery, 'words'>) =>
  recoverPerson(deps, { lost: [], elsewhere: [], ...recovery }, call)

/** A phone whose words are on paper, a new tablet, and a copy of everything that the tablet got. */
async function aPaper(seed: number) {
  const phone = personalEngine(seed)
  const schema = await define(phone.api, { title: 'str' })
  const [thing] = await createAll(phone.api, schema.id, [{ title: 'By the phone' }])
  const words = await phone.paper.words()
  const old = (await phone.paper.publicKey())!
  await phone.paper.confirm([2, 6, 10].map((at) => words[at]!))
  const tablet = personalEngine(seed + 1)
  await bring(phone.api, tablet.api)
  const person = (await readOwnPerson(phone.store))!
  return { phone, tablet, person, old, words: words.join(' '), thing: thing!, phoneKey: await keyOf(phone.api) }
}

const levelsOf = async (engine: PersonalEngine, person: DocumentId) =>
  new Map((await standing(engine)).group(person).levels.map(({ subject, level }) => [subject, level]))

test('[ID15] the words make a new device one of the person, take the lost one out, and are renewed', async () => {
  const { tablet, person, old, words, phoneKey, thing } = await aPaper(61)
  expect(valueOf(await recover(tablet, { words, lost: [phoneKey] }))).toBe(person)
  expect(await readOwnPerson(tablet.store)).toBe(person)

  const renewed = (await tablet.paper.publicKey())!
  const { members } = (await standing(tablet)).group(person)
  const own = await keyOf(tablet.api)
  expect(new Set(members)).toEqual(new Set([keySubject(renewed), keySubject(own)]))
  const levels = await levelsOf(tablet, person)
  expect([levels.get(keySubject(renewed)), levels.get(keySubject(own))]).toEqual([1, 2])
  expect(await tablet.paper.signsBy(old)).toBe(false)
  expect(await tablet.paper.words()).toHaveLength(12)
  expect(valueOf(await tablet.api.document(thing))?.fields['title']).toBe('By the phone')
})

test('[ID15] a device that stays is let in anew by the new words, and goes on', async () => {
  const { phone, tablet, person, words, phoneKey } = await aPaper(71)
  valueOf(await recover(tablet, { words }))
  await bring(tablet.api, phone.api)
  const { members } = (await standing(phone)).group(person)
  expect(members).toContain(keySubject(phoneKey))
  expect((await levelsOf(phone, person)).get(keySubject(phoneKey))).toBe(2)
})

test('[ID16] words that were renewed open nothing any more, on any device', async () => {
  const { tablet, words } = await aPaper(81)
  valueOf(await recover(tablet, { words }))
  const third = personalEngine(83)
  await bring(tablet.api, third.api)
  expect(codeOf(await recover(third, { words }))).toBe('person/words-retired')
  const newer = (await tablet.paper.words()).join(' ')
  expect(codeOf(await recover(third, { words: newer }))).toBe('ok')
})

test('[ID16] what was cut off between its two commits is finished by the words typed once more', async () => {
  const { tablet, person, old, words } = await aPaper(91)
  const { commit } = tablet.store
  let left = 1
  const dying = {
    ...tablet.store,
    commit: (...all: Parameters<typeof commit>) =>
      left-- > 0 ? commit(...all) : Promise.reject({ code: 'store/full' }),
  }
  const cut = await recoverPerson({ ...tablet.deps, store: dying }, { words, lost: [], elsewhere: [] }, call)
  expect(codeOf(cut)).toBe('store/full')
  expect((await standing(tablet)).group(person).members).toContain(keySubject(old))
  valueOf(await recover(tablet, { words }))
  expect((await standing(tablet)).group(person).members).not.toContain(keySubject(old))
})

test('[R29] nothing is signed by typed words while others have entries of their key that are not here', async () => {
  const { phone, tablet, old, words } = await aPaper(101)
  const heads = valueOf(await phone.api.logs(old))
  const hash = `0020${'ab'.repeat(32)}` as never
  const ahead = heads.map(({ logId, seqNum }) => ({ logId, seqNum: (seqNum + 1n) as typeof seqNum, hash }))
  const forked = heads.map(({ logId, seqNum }) => ({ logId, seqNum, hash }))
  for (const elsewhere of [ahead, forked])
    expect(codeOf(await recover(tablet, { words, elsewhere }))).toBe('person/behind')
  expect(await readOwnPerson(tablet.store)).toBeUndefined()
  const missing = personalEngine(103)
  expect(codeOf(await recover(missing, { words }))).toBe('person/words-unknown')
})

test('[ID16] wrong words, and words of somebody else, change nothing', async () => {
  const { phone, tablet, words } = await aPaper(111)
  expect(codeOf(await recover(tablet, { words: words.replace(/\w+$/, 'zzzz') }))).toBe('words/unknown')
  const other = await aPaper(121)
  await bring(other.phone.api, phone.api)
  expect(codeOf(await recover(phone, { words: other.words }))).toBe('person/exists')
  expect(await readOwnPerson(tablet.store)).toBeUndefined()
})

test('[ID15] whose words were typed, and which devices they have, is told before anything is signed', async () => {
  const { phone, tablet, person, words, phoneKey } = await aPaper(131)
  const owner = valueOf(await lookUpWords(tablet.deps, words, call))
  expect(owner).toMatchObject({ person, isOwn: false, devices: [{ publicKey: phoneKey, isOwn: false }] })
  expect(await readOwnPerson(tablet.store)).toBeUndefined()
  expect(await tablet.paper.publicKey()).toBeUndefined()
  expect(valueOf(await lookUpWords(phone.deps, words, call)).isOwn).toBe(true)
  expect(codeOf(await lookUpWords(personalEngine(133).deps, words, call))).toBe('person/words-unknown')
  valueOf(await recover(tablet, { words }))
  expect(codeOf(await lookUpWords(tablet.deps, words, call))).toBe('person/words-retired')
})

test('[ID15] on every device renewed words are told from devices, and those that were renewed are held no longer', async () => {
  const { phone, tablet, person, words, phoneKey } = await aPaper(141)
  valueOf(await recover(tablet, { words }))
  const renewed = await tablet.paper.words()
  await tablet.paper.confirm([2, 6, 10].map((at) => renewed[at]!))
  await bring(tablet.api, phone.api)
  const tabletKey = await keyOf(tablet.api)
  for (const engine of [phone, tablet]) {
    const devices = (await devicesOf(engine.deps, person)).filter(({ isPaper }) => !isPaper)
    expect(new Set(devices.map(({ publicKey }) => publicKey))).toEqual(new Set([phoneKey, tabletKey]))
  }
})

test('[ID15] a device that holds words which were renewed elsewhere does not say that it holds any', async () => {
  const phone = personalEngine(151)
  await define(phone.api, { title: 'str' })
  const words = (await phone.paper.words()).join(' ')
  const hasWords = async (): Promise<boolean | undefined> => {
    const ending = new AbortController()
    let seen: boolean | undefined
    await createIdentity(phone.deps).watchPerson({
      signal: ending.signal,
      report: (state) => {
        seen = valueOf(state)?.hasWords
        ending.abort()
      },
    })
    return seen
  }
  expect(await hasWords()).toBe(true)
  const tablet = personalEngine(152)
  await bring(phone.api, tablet.api)
  valueOf(await recover(tablet, { words }))
  await bring(tablet.api, phone.api)
  expect(await hasWords()).toBe(false)
})

test('[ID15] typed on a device of the person, the words take out for good and are renewed, and it is let in no second time', async () => {
  const { phone, tablet, person, words, phoneKey } = await aPaper(161)
  valueOf(await recover(tablet, { words }))
  const newer = (await tablet.paper.words()).join(' ')
  await bring(tablet.api, phone.api)
  const tabletKey = await keyOf(tablet.api)
  expect(codeOf(await recover(phone, { words: newer, lost: [phoneKey] }))).toBe('person/device-own')
  valueOf(await recover(phone, { words: newer, lost: [tabletKey] }))
  const renewed = (await phone.paper.publicKey())!
  expect(new Set((await standing(phone)).group(person).members)).toEqual(
    new Set([keySubject(renewed), keySubject(phoneKey)]),
  )
  // Once more, with the words that this very device holds.
  valueOf(await recover(phone, { words: (await phone.paper.words()).join(' ') }))
  const again = (await phone.paper.publicKey())!
  expect(again).not.toBe(renewed)
  expect(new Set((await standing(phone)).group(person).members)).toEqual(
    new Set([keySubject(again), keySubject(phoneKey)]),
  )
})

test('[ID15] where words were given up, the device that stands alone above is no words', async () => {
  const phone = personalEngine(171)
  await define(phone.api, { title: 'str' })
  const person = (await readOwnPerson(phone.store))!
  const old = (await phone.paper.publicKey())!
  const own = valueOf(await placesIn(phone.deps, person, call)).filter(({ publicKey }) => publicKey === old)
  const logs = await keptLogs(phone.deps, old, {}, call.signal)
  const kept = logs.map(({ logId, to, tip }) => ({ logId, to, tip }))
  valueOf(await publishDrafts(phone.deps, [...keepDrafts(own[0]!, kept, old), ...lowerings(own, old)], call))
  const other = personalEngine(172)
  await bring(phone.api, other.api)
  const devices = await devicesOf(other.deps, person)
  expect(devices).toMatchObject([{ publicKey: await keyOf(phone.api), isPaper: false }])
})
