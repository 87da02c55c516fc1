import { describe, expect, test } from 'vitest'
import { keySubject } from '../../../src/core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import type { Device as PersonDevice } from '../../../src/engine/identity/api.ts'
import type { LinkingStart, LinkingState, LinkingTicket } from '../../../src/engine/identity/link-api.ts'
import { readOwnPerson } from '../../../src/engine/identity/own-person.ts'
import { call, codeOf, define, valueOf } from '../support.ts'
import type { Device, Line, World } from '../sync/world.ts'
import { type LinkingWorld, type Personal, aLinkingWorld } from './linking-world.ts'

const keyOf = async ({ engine }: Device): Promise<PublicKey> => valueOf(await engine.publicKeys())[0]!
/** What a watcher is told at once. */
const once = <T>(watch: (call: { signal: AbortSignal; report: (value: T) => void }) => Promise<void>): Promise<T> => {
  const end = new AbortController()
  return new Promise((resolve) => {
    const report = (value: T): void => {
      resolve(value)
      end.abort()
    }
    void watch({ signal: end.signal, report })
  })
}
const stateOf = async ({ engine }: Device): Promise<LinkingState | undefined> =>
  valueOf(await once(engine.watchLinking))
const stepOf = async (device: Device): Promise<string | undefined> => (await stateOf(device))?.step
const devicesOf = async ({ engine }: Device): Promise<readonly PersonDevice[]> =>
  valueOf(await once(engine.watchDevices))

async function confirmWords({ engine, paper }: Personal): Promise<void> {
  const words = await paper.words()
  expect(valueOf(await engine.confirmWords([2, 6, 10].map((at) => words[at]!)))).toBe(true)
}
/** A laptop of somebody whose words are on paper. */
async function aLaptop(world: LinkingWorld, name = 'laptop'): Promise<Personal & { readonly person: DocumentId }> {
  const laptop = world.personal(name)
  await define(laptop.engine, { title: 'str' })
  await confirmWords(laptop)
  return { ...laptop, person: (await readOwnPerson(laptop.store))! }
}
const open = async ({ engine }: Device, start: LinkingStart): Promise<LinkingTicket> =>
  valueOf(await engine.openLinking(start, call))
/** The first dials the second, each with its ceremony. */
const meet = (world: World, from: Device, to: Device): Promise<Line> => {
  const seatOf = ({ engine }: Device) => {
    const linking = engine.linkingSeat()
    return linking ? { linking } : {}
  }
  return world.connect(from, to, 20, { from: seatOf(from), to: seatOf(to) })
}
const both = async (a: Device, b: Device, step: string): Promise<boolean> =>
  (await stepOf(a)) === step && (await stepOf(b)) === step
/** Up to the words, with the new device showing the code. */
async function compareAt(world: World, laptop: Device, phone: Device, start: Partial<LinkingStart> = {}) {
  const ticket = await open(phone, { role: 'new' })
  await open(laptop, { role: 'known', ticket, ...start })
  const line = await meet(world, laptop, phone)
  await world.until(() => both(laptop, phone, 'comparing'))
  return line
}
const linked = async (world: World, laptop: Device, phone: Device, mayLetIn?: boolean): Promise<void> => {
  valueOf(await laptop.engine.compareLinking({ areEqual: true, ...(mayLetIn !== undefined && { mayLetIn }) }))
  await world.until(() => both(laptop, phone, 'linked'))
}

describe('a second device', () => {
  test.each(['new', 'known'] as const)(
    '[LD8] becomes one of the person; the %s one shows the code',
    async (shownBy) => {
      await using world = aLinkingWorld()
      const laptop = await aLaptop(world)
      const phone = world.personal('phone')
      const [shows, takes] = shownBy === 'new' ? [phone, laptop] : [laptop, phone]
      const ticket = await open(shows, { role: shownBy })
      await open(takes, { role: shownBy === 'new' ? 'known' : 'new', ticket })
      await meet(world, takes, shows)
      await world.until(() => both(laptop, phone, 'comparing'))
      const [here, there] = [await stateOf(laptop), await stateOf(phone)]
      expect(here).toMatchObject({ role: 'known', isConfirmed: false, peer: await keyOf(phone) })
      expect(there).toMatchObject({ role: 'new', words: here?.step === 'comparing' && here.words })
      expect(await readOwnPerson(phone.store)).toBeUndefined()
      await linked(world, laptop, phone)
      expect(await stateOf(phone)).toEqual({ step: 'linked', person: laptop.person, peer: await keyOf(laptop) })
      expect(await readOwnPerson(phone.store)).toBe(laptop.person)
      const levels = new Map((await devicesOf(phone)).map(({ publicKey, level }) => [publicKey, level]))
      expect([levels.get(await keyOf(laptop)), levels.get(await keyOf(phone))]).toEqual([1, 2])
    },
  )

  test('[LD8] writes as that person from then on, and founds none of its own, also what it began to write meanwhile', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const phone = world.personal('phone')
    await compareAt(world, laptop, phone)
    const writing = define(phone.engine, { title: 'str' })
    await linked(world, laptop, phone)
    await writing
    expect(await readOwnPerson(phone.store)).toBe(laptop.person)
    expect(await phone.paper.publicKey()).toBeUndefined()
  })

  test('[LD8] is let in by nobody before the person said that the words are the same', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const phone = world.personal('phone')
    await compareAt(world, laptop, phone)
    await world.clock.advance(60_000)
    expect(await both(laptop, phone, 'comparing')).toBe(true)
    expect(await devicesOf(laptop)).toHaveLength(2)
  })

  test('[LD9] may let devices in; the third may not, unless the person says so', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const levels: (number | undefined)[] = []
    for (const [name, mayLetIn] of [['phone'], ['tablet'], ['desk', true]] as const) {
      const device = world.personal(name)
      const line = await compareAt(world, laptop, device)
      await linked(world, laptop, device, mayLetIn)
      levels.push((await devicesOf(device)).find(({ isOwn }) => isOwn)?.level)
      await line.close()
    }
    expect(levels).toEqual([2, undefined, 2])
  })

  test('[LD9] can be tried again after a connection that broke when it was let in, and is let in once', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const phone = world.personal('phone')
    const line = await compareAt(world, laptop, phone)
    valueOf(await laptop.engine.compareLinking({ areEqual: true }))
    await world.until(async () => (await stepOf(laptop)) === 'linked')
    line.channels[0].close()
    await world.until(async () => (await stepOf(phone)) === 'failed')
    expect(await stateOf(phone)).toMatchObject({ failure: { code: 'linking/cut-off' } })
    await compareAt(world, laptop, phone)
    await linked(world, laptop, phone)
    expect(await devicesOf(laptop)).toHaveLength(3)
    expect(await readOwnPerson(phone.store)).toBe(laptop.person)
  })
})

describe('recovery words', () => {
  test('[LD10] are asked for before a second device is linked', async () => {
    await using world = aLinkingWorld()
    const laptop = world.personal('laptop')
    await define(laptop.engine, { title: 'str' })
    expect(codeOf(await laptop.engine.openLinking({ role: 'known' }, call))).toBe('person/words-kept')
  })

  test('[LD10] that nobody wants are destroyed with the first link, and both devices are equals', async () => {
    await using world = aLinkingWorld()
    const laptop = world.personal('laptop')
    await define(laptop.engine, { title: 'str' })
    const words = (await laptop.paper.publicKey())!
    const phone = world.personal('phone')
    await compareAt(world, laptop, phone, { withoutWords: true })
    await linked(world, laptop, phone, false)
    expect(await laptop.paper.publicKey()).toBeUndefined()
    await world.settle(laptop, phone)
    for (const device of [laptop, phone]) {
      const person = (await readOwnPerson(laptop.store))!
      const { members, keepers } = valueOf(await device.engine.group(person))
      const keys = [keySubject(await keyOf(laptop)), keySubject(await keyOf(phone))].toSorted()
      expect([...members].toSorted()).toEqual(keys)
      expect([...keepers].toSorted()).toEqual(keys)
      expect(members).not.toContain(keySubject(words))
      expect((await devicesOf(device)).map(({ level, isPaper }) => [level, isPaper])).toEqual([
        [1, false],
        [1, false],
      ])
    }
  })
})

describe('a ceremony', () => {
  test('[LD11] is refused where the new device is somebody already, or the known one is nobody or may let nobody in', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    expect(codeOf(await laptop.engine.openLinking({ role: 'new' }, call))).toBe('person/exists')
    const phone = world.personal('phone')
    expect(codeOf(await phone.engine.openLinking({ role: 'known' }, call))).toBe('person/none')
    await compareAt(world, laptop, phone)
    await linked(world, laptop, phone, false)
    expect(codeOf(await phone.engine.openLinking({ role: 'known' }, call))).toBe('person/not-allowed')
    expect(codeOf(await phone.engine.openLinking({ role: 'new' }, call))).toBe('person/exists')
  })

  test('[LD11] that one side closes ends on the other, and lets nobody in', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const phone = world.personal('phone')
    await compareAt(world, laptop, phone)
    valueOf(await laptop.engine.closeLinking())
    await world.until(async () => (await stepOf(phone)) === 'failed')
    expect(await stateOf(laptop)).toBeUndefined()
    expect(await devicesOf(laptop)).toHaveLength(2)
    expect(await readOwnPerson(phone.store)).toBeUndefined()
  })

  test('[LD11] to which nobody comes ends after ten minutes', async () => {
    await using world = aLinkingWorld()
    const phone = world.personal('phone')
    await open(phone, { role: 'new' })
    await world.clock.advance(600_001)
    expect(await stateOf(phone)).toEqual({ step: 'failed', failure: { code: 'linking/late' } })
    expect(phone.engine.linkingSeat()).toBeUndefined()
  })
})

describe('somebody in between', () => {
  test('[LD12] whose key is another than the code names is not let in, and the known device says so', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const [phone, thief] = [world.personal('phone'), world.personal('thief')]
    const ticket = await open(phone, { role: 'new' })
    await open(laptop, { role: 'known', ticket })
    // It saw the screen, and answers in the place of the phone.
    await thief.engine.openLinking({ role: 'new', ticket: { ...ticket, publicKey: await keyOf(laptop) } }, call)
    await meet(world, laptop, thief)
    await world.until(async () => (await stepOf(laptop)) === 'failed')
    const failure = { code: 'linking/interference', because: 'other-key' }
    expect(await stateOf(laptop)).toEqual({ step: 'failed', failure })
    expect(await devicesOf(laptop)).toHaveLength(2)
  })

  test('[LD12] who saw the code and dials first shows other words; said to differ, nobody is linked to anybody', async () => {
    await using world = aLinkingWorld()
    const laptop = await aLaptop(world)
    const thief = await aLaptop(world, 'thief')
    const phone = world.personal('phone')
    const ticket = await open(phone, { role: 'new' })
    await open(laptop, { role: 'known', ticket })
    await open(thief, { role: 'known', ticket })
    await meet(world, thief, phone)
    await world.until(() => both(thief, phone, 'comparing'))
    // The laptop shows none.
    expect(await stepOf(laptop)).toBe('waiting')
    valueOf(await phone.engine.compareLinking({ areEqual: false }))
    await world.until(() => both(thief, phone, 'failed'))
    const failure = { code: 'linking/interference', because: 'words-differ' }
    expect(await stateOf(phone)).toEqual({ step: 'failed', failure })
    expect(await readOwnPerson(phone.store)).toBeUndefined()
    expect(await devicesOf(thief)).toHaveLength(2)
  })
})
