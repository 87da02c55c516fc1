import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { shortId } from '../../src/core/identity/short-id.ts'
import { openNode } from '../../src/sdk/node.ts'
import { openTestNode } from '../../src/sdk/testing.ts'

async function aFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'takibi-identity-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  return dataDir
}

/** Until something is so, however slow the disk is. */
const soon = (isSo: () => boolean): Promise<void> => vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 20_000 })

const stranger = `0020${'ab'.repeat(32)}`

test('[ID11] whoever writes becomes a person, who is there again when the node is opened again', async () => {
  const dataDir = await aFolder()
  const before = await openNode({ dataDir })
  const seen: (string | undefined)[] = []
  const stop = before.identity.person().subscribe(({ person }) => seen.push(person?.id))
  await soon(() => before.identity.person().getState().status === 'ready')
  expect(before.identity.person().getState().person).toBeUndefined()
  await before.defineSchema('item', 'What we need', { title: 'str' })
  await soon(() => seen.at(-1) !== undefined)
  stop()
  await before.close()

  const after = await openNode({ dataDir })
  const { person } = await after.identity.person().once()
  expect(person).toEqual({ id: seen.at(-1), hasWords: true, shortId: shortId(person!.id) })
  expect(await after.identity.fingerprint(person!.id)).toHaveLength(6)
  await after.close()
})

test('[ID11] the words are shown until three of them were typed in; then the device has them no longer', async () => {
  const dataDir = await aFolder()
  const node = await openNode({ dataDir })
  const words = await node.identity.words.show()
  expect(words).toHaveLength(12)
  expect((await node.identity.person().once()).person?.hasWords).toBe(true)
  expect(node.identity.words.places).toEqual([3, 7, 11])
  expect(await node.identity.words.confirm(['not', 'these', 'words'])).toBe(false)
  expect(await node.identity.words.show()).toEqual(words)
  expect(await node.identity.words.confirm(node.identity.words.places.map((place) => words[place - 1]!))).toBe(true)
  expect((await node.identity.person().once()).person?.hasWords).toBe(false)
  await expect(node.identity.words.show()).rejects.toMatchObject({ failure: { code: 'signer/no-words' } })
  expect(await readdir(dataDir)).not.toContain('paper-key')
  await node.close()
})

test('[ID11] no words are in anything else that a node says, or in its failures', async () => {
  const dataDir = await aFolder()
  const node = await openNode({ dataDir })
  const words = await node.identity.words.show()
  const failed = await node.identity.words.confirm(words.slice(0, 3)).then(
    () => '',
    (thrown: unknown) => JSON.stringify(thrown),
  )
  const said = [failed, JSON.stringify(await node.identity.person().once()), JSON.stringify(await node.inspect.usage())]
  for await (const piece of await node.export({ all: true })) said.push(new TextDecoder().decode(piece))
  for (const [at, word] of words.entries())
    for (const text of said) expect(text).not.toContain([word, words[at + 1]].join(' '))
  await node.close()
})

test('[ID11] a node that nobody writes with has no words', async () => {
  await using opened = await openTestNode()
  await expect(opened.node.identity.words.show()).rejects.toMatchObject({ failure: { code: 'signer/no-words' } })
  expect(await opened.node.identity.words.suggest('abanodn')).toEqual(['abandon'])
})

test('[ID11] a node tells which devices its person has, and takes out none that it does not know', async () => {
  const node = await openNode({ dataDir: await aFolder() })
  expect((await node.identity.devices().once()).devices).toEqual([])
  await node.defineSchema('item', 'What we need', { title: 'str' })
  const { devices } = await node.identity.devices().once()
  expect(devices.map(({ isOwn, isPaper, level }) => ({ isOwn, isPaper, level }))).toEqual(
    expect.arrayContaining([
      { isOwn: false, isPaper: true, level: 0 },
      { isOwn: true, isPaper: false, level: 1 },
    ]),
  )
  expect(devices.find(({ isOwn }) => isOwn)?.publicKey).toBe(node.publicKey)
  const { identity } = node
  const typed = `${'abandon '.repeat(11)}about`
  const refused = [
    [() => identity.removeDevice('ab'.repeat(32)), 'person/device-unknown'],
    [() => identity.removeDevice(node.publicKey), 'person/device-own'],
    [() => identity.words.recover(typed), 'person/words-unknown'],
    [() => identity.words.recover('abandon'), 'words/count'],
  ] as const
  for (const [ask, code] of refused) await expect(ask()).rejects.toMatchObject({ failure: { code } })
  await node.close()
})

test('[ID12] my names for others are kept here, live, and show who is not whom I know', async () => {
  await using opened = await openTestNode()
  const { petnames, nameOf } = opened.node.identity
  const seen: number[] = []
  const stop = petnames.list().subscribe(({ petnames: list }) => seen.push(list.size))
  await petnames.set(stranger, ' Ana ', { isVerified: true })
  await soon(() => seen.includes(1))
  const kept = (await petnames.list().once()).petnames.get(stranger as never)
  expect(kept).toEqual({ person: stranger, name: 'Ana', isVerified: true })
  expect(await nameOf(stranger, { petname: kept?.name, claimed: 'Queen' })).toEqual({ kind: 'petname', text: 'Ana' })

  const other = `0020${'cd'.repeat(32)}`
  expect(await petnames.takenFor(other, 'Аnа')).toBe('Ana')
  expect(await petnames.takenFor(stranger, 'Ana')).toBeUndefined()
  await petnames.set(stranger, '')
  await soon(() => seen.at(-1) === 0)
  expect(await petnames.takenFor(other, 'Ana')).toBeUndefined()
  stop()
})

test('[ID12] my devices are called as I call them, live, on this device', async () => {
  await using node = await openNode({ dataDir: await aFolder() })
  const { identity, publicKey } = node
  await identity.words.show()
  const seen: (string | undefined)[] = []
  const stop = identity.devices().subscribe(({ devices }) => seen.push(devices.find(({ isOwn }) => isOwn)?.name))
  await identity.nameDevice(publicKey, ' Kitchen tablet ')
  await soon(() => seen.at(-1) === 'Kitchen tablet')
  await expect(identity.nameDevice(publicKey, 'x'.repeat(101))).rejects.toMatchObject({
    failure: { code: 'petname/too-long' },
  })
  await identity.nameDevice(publicKey, '')
  await soon(() => seen.at(-1) === undefined)
  stop()
})

test('[ID12] a name that is no name is refused', async () => {
  await using opened = await openTestNode()
  const { petnames } = opened.node.identity
  await expect(petnames.set(stranger, 'x'.repeat(101))).rejects.toMatchObject({ failure: { code: 'petname/too-long' } })
  await expect(petnames.set('nobody', 'Ana')).rejects.toMatchObject({ failure: { code: 'hash/malformed' } })
})
