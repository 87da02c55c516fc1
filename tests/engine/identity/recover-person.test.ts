import { expect, test } from 'vitest'
import { keySubject } from '../../../src/core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import type { EngineApi } from '../../../src/engine/api.ts'
import type { Recovery } from '../../../src/engine/identity/api.ts'
import { readOwnPerson } from '../../../src/engine/identity/own-person.ts'
import { recoverPerson } from '../../../src/engine/identity/recover-person.ts'
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
