import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PublicKey } from '../../../src/core/ids.ts'
import { maxDirectLinks, maxLinkCandidates } from '../../../src/core/limits.ts'
import {
  type DirectEffect,
  type DirectInput,
  type DirectLinks,
  attemptMs,
  firstPauseMs,
  noDirectLinks,
  stepDirectLinks,
} from '../../../src/core/meeting/direct-links.ts'
import type { AttemptId } from '../../../src/core/meeting/direct-signal.ts'
import { aBlob } from './a-code.ts'

const keyOf = (byte: number): PublicKey => byte.toString(16).padStart(2, '0').repeat(32) as PublicKey
const idOf = (count: number): AttemptId => count.toString(16).padStart(16, '0') as AttemptId
const blob = aBlob([])
const [low, own, high] = [keyOf(1), keyOf(2), keyOf(3)]

/** One device, told one thing after the other. */
const aDevice = (key = own) => {
  let state: DirectLinks = noDirectLinks(key)
  let now = 1_000_000
  let ids = 0
  return {
    take: (input: DirectInput): readonly DirectEffect[] => {
      const [next, effects] = stepDirectLinks(state, input, {
        now,
        freshId: idOf(1000 * Number(key.slice(0, 2)) + ids++),
      })
      state = next
      return effects
    },
    pass: (ms: number): void => {
      now += ms
    },
    state: () => state,
  }
}
type Device = ReturnType<typeof aDevice>
const offered = (effects: readonly DirectEffect[]): AttemptId => {
  const offer = effects.find((effect) => effect.do === 'offer')
  if (!offer) throw new Error(`no offer among ${JSON.stringify(effects)}`)
  return offer.id
}
const link = (device: Device, key: PublicKey): void => {
  const id = offered(device.take({ on: 'present', key }))
  device.take({ on: 'answer', key, id, blob })
  device.take({ on: 'opened', key, id })
  expect(device.take({ on: 'linked', key })).toEqual([])
}

describe('who is heard of', () => {
  test('[F8] is offered a connection once, and none where there is one already', () => {
    const device = aDevice()
    const id = offered(device.take({ on: 'present', key: high }))
    expect(device.take({ on: 'present', key: high })).toEqual([])
    expect(device.take({ on: 'answer', key: high, id, blob })).toEqual([{ do: 'connect', key: high, id, blob }])
    expect(device.take({ on: 'answer', key: high, id, blob })).toEqual([])
    device.take({ on: 'opened', key: high, id })
    device.take({ on: 'linked', key: high })
    expect(device.take({ on: 'present', key: high })).toEqual([])
    expect(device.take({ on: 'present', key: own })).toEqual([])
  })

  test('[F8] is answered when it offers; the same offer again begins nothing', () => {
    const device = aDevice()
    const offer = { on: 'offer', key: high, id: idOf(7), blob } as const
    expect(device.take(offer)).toEqual([{ do: 'answer', key: high, id: idOf(7), blob }])
    expect(device.take(offer)).toEqual([])
    device.take({ on: 'failed', key: high, id: idOf(7) })
    expect(device.take(offer)).toEqual([])
  })

  test('[F8] of two offers at once that of the lower key goes on', () => {
    const device = aDevice()
    device.take({ on: 'present', key: high })
    expect(device.take({ on: 'offer', key: high, id: idOf(7), blob })).toEqual([])
    const mine = offered(device.take({ on: 'present', key: low }))
    expect(device.take({ on: 'offer', key: low, id: idOf(8), blob })).toEqual([
      { do: 'drop', key: low, id: mine },
      { do: 'answer', key: low, id: idOf(8), blob },
    ])
  })

  test('[F8] an answer to nothing, or to an attempt that is over, connects nobody', () => {
    const device = aDevice()
    expect(device.take({ on: 'answer', key: high, id: idOf(7), blob })).toEqual([])
    const id = offered(device.take({ on: 'present', key: high }))
    device.take({ on: 'failed', key: high, id })
    expect(device.take({ on: 'answer', key: high, id, blob })).toEqual([])
    expect(device.take({ on: 'answer', key: low, id, blob })).toEqual([])
  })
})

describe('what comes to nothing', () => {
  test('[F9] is tried again after pauses that grow, five times, until the device is heard of again', () => {
    const device = aDevice()
    device.take({ on: 'present', key: high })
    const pauses: number[] = []
    for (let tries = 1; tries < 5; tries++) {
      device.pass(attemptMs)
      expect(device.take({ on: 'tick' })).toMatchObject([{ do: 'drop' }])
      let paused = 0
      while (!device.take({ on: 'tick' }).some((effect) => effect.do === 'offer')) {
        device.pass(1_000)
        paused += 1_000
      }
      pauses.push(paused)
    }
    expect(pauses).toEqual([1, 3, 9, 27].map((times) => times * firstPauseMs))
    device.pass(attemptMs)
    device.take({ on: 'tick' })
    expect(device.state().peers.size).toBe(0)
    device.take({ on: 'present', key: high })
    expect(device.state().peers.size).toBe(1)
  })

  test('[F9] a link that is lost is offered anew at once, one that somebody ended is not', () => {
    const device = aDevice()
    link(device, high)
    expect(device.take({ on: 'left', key: high, isLost: false })).toEqual([])
    expect(device.state().peers.size).toBe(0)
    link(device, low)
    expect(device.take({ on: 'left', key: low, isLost: true })).toMatchObject([{ do: 'offer', key: low }])
  })

  test('[F9] a link that is lost while the other side offers is offered anew where nothing comes of that', () => {
    const device = aDevice()
    link(device, high)
    device.take({ on: 'offer', key: high, id: idOf(9), blob })
    expect(device.take({ on: 'left', key: high, isLost: true })).toEqual([])
    device.pass(firstPauseMs)
    expect(device.take({ on: 'failed', key: high, id: idOf(9) })).toMatchObject([{ do: 'offer', key: high }])
  })

  test('[F9] a link that comes back by itself ends the attempt for another', () => {
    const device = aDevice()
    link(device, high)
    const id = offered(device.take({ on: 'left', key: high, isLost: true }))
    expect(device.take({ on: 'linked', key: high })).toEqual([{ do: 'drop', key: high, id }])
  })

  test('[F9] who offers though we see a link has lost it: it is answered beside the old one', () => {
    const device = aDevice()
    link(device, high)
    expect(device.take({ on: 'offer', key: high, id: idOf(9), blob })).toMatchObject([{ do: 'answer' }])
    device.take({ on: 'opened', key: high, id: idOf(9) })
    expect(device.take({ on: 'linked', key: high })).toEqual([])
  })
})

describe('many', () => {
  test('[F10] two offers wait for answers at once, and so many links are made', () => {
    const device = aDevice(keyOf(0))
    const keys = Array.from({ length: 20 }, (_, at) => keyOf(10 + at))
    const first = keys.flatMap((key) => device.take({ on: 'present', key }))
    expect(first.map((effect) => effect.do)).toEqual(['offer', 'offer'])
    let open = first
    const linked = new Set<PublicKey>()
    while (open.length > 0) {
      const [{ key, id }, ...rest] = open as [DirectEffect, ...DirectEffect[]]
      device.take({ on: 'answer', key, id, blob })
      device.take({ on: 'opened', key, id })
      linked.add(key)
      open = [...rest, ...device.take({ on: 'linked', key })]
    }
    expect(linked.size).toBe(maxDirectLinks)
    expect(device.take({ on: 'offer', key: keyOf(99), id: idOf(1), blob })).toEqual([])
  })

  test('[F10] keys that anybody names do not pile up', () => {
    const device = aDevice(keyOf(0))
    for (let byte = 1; byte < 256; byte++) device.take({ on: 'present', key: keyOf(byte) })
    expect(device.state().peers.size).toBe(maxLinkCandidates)
  })
})

/** Two devices, and a way between them that loses, doubles and reorders what they say, for a while. */
const meetOver = (plan: readonly number[]): readonly [Device, Device] => {
  const devices = [aDevice(low), aDevice(high)] as const
  const keys = [low, high] as const
  const mail: { readonly to: 0 | 1; readonly input: DirectInput }[] = []
  /** Attempts that each side has made ready, by what it knows. */
  const ready = [new Set<AttemptId>(), new Set<AttemptId>()] as const
  const made = [new Set<AttemptId>(), new Set<AttemptId>()] as const

  const tell = (at: 0 | 1, input: DirectInput): void => {
    const other = at === 0 ? 1 : 0
    for (const effect of devices[at].take(input)) {
      const { id } = effect
      if (effect.do === 'drop') {
        made[at].delete(id)
        ready[at].delete(id)
      } else {
        if (effect.do !== 'connect') made[at].add(id)
        if (effect.do !== 'offer') ready[at].add(id)
        if (effect.do !== 'connect') mail.push({ to: other, input: { on: effect.do, key: keys[at], id, blob } })
      }
    }
    for (const id of ready[at])
      if (ready[other].has(id) && made[0].has(id) && made[1].has(id)) {
        for (const side of [0, 1] as const) ready[side].delete(id)
        for (const side of [0, 1] as const) tell(side, { on: 'opened', key: keys[1 - side]!, id })
        for (const side of [0, 1] as const) tell(side, { on: 'linked', key: keys[1 - side]! })
      }
  }
  const round = (chance: number): void => {
    if (chance % 5 === 0) tell(chance % 2 === 0 ? 0 : 1, { on: 'present', key: chance % 2 === 0 ? high : low })
    const [letter] = mail.splice(chance % Math.max(1, mail.length), 1)
    if (letter && chance % 3 !== 0) tell(letter.to, letter.input)
    if (letter && chance % 7 === 0) tell(letter.to, letter.input)
    for (const side of [0, 1] as const) {
      devices[side].pass(chance * 50)
      tell(side, { on: 'tick' })
    }
  }
  for (const chance of plan) round(chance)
  // From here on nothing is lost, and each hears of the other.
  for (let rounds = 0; rounds < 60; rounds++) {
    for (const letter of mail.splice(0)) tell(letter.to, letter.input)
    if (rounds % 20 === 0) for (const side of [0, 1] as const) tell(side, { on: 'present', key: keys[1 - side]! })
    for (const side of [0, 1] as const) {
      devices[side].pass(5_000)
      tell(side, { on: 'tick' })
    }
  }
  return devices
}

test('[F8] whatever the way between them loses, doubles or mixes up, two that can hear each other end with one link', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000), { maxLength: 60 }), (plan) => {
      const [a, b] = meetOver(plan)
      expect([...a.state().peers]).toEqual([[high, expect.objectContaining({ isLinked: true })]])
      expect([...b.state().peers]).toEqual([[low, expect.objectContaining({ isLinked: true })]])
      for (const { state } of [a, b]) expect([...state().peers.values()][0]?.attempt).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})
