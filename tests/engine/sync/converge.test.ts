import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryDatabase } from '../../../src/adapters/memory/memory-database.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { SchemaId } from '../../../src/core/ids.ts'
import type { ScopeName, Store } from '../../../src/ports/store.ts'
import { call, createAll, define, from, join, collect, valueOf } from '../support.ts'
import { type Device, type World, aWorld, titlesOf } from './world.ts'

const partOf = (schema: SchemaId) => ({ scope: `schema:${schema}` as ScopeName, part: 1 as const })
const sameSets = async (schema: SchemaId, ...devices: readonly Device[]): Promise<void> => {
  const parts = await Promise.all(devices.map(({ store }) => store.part(partOf(schema))))
  for (const { count, sum } of parts) expect({ count, sum }).toEqual({ count: parts[0]!.count, sum: parts[0]!.sum })
}
const write = ({ engine }: Device, schema: SchemaId, name: string, count: number) =>
  createAll(
    engine,
    schema,
    Array.from({ length: count }, (_, n) => ({ title: `${name} ${n}` })),
  )
const meet = async (world: World, one: Device, other: Device): Promise<void> => {
  const line = await world.connect(one, other)
  await world.settle(one, other)
  await line.close()
}
const three = async (world: World, count: number, stores: readonly (Store | undefined)[] = []) => {
  const [ada, bo, cy] = ['ada', 'bo', 'cy'].map((name, at) => world.device(name, stores[at])) as [
    Device,
    Device,
    Device,
  ]
  const { id } = await define(ada.engine, { title: 'str' })
  for (const { engine } of [ada, bo, cy]) valueOf(await engine.share(id))
  await write(ada, id, 'old', count)
  return { ada, bo, cy, schema: id }
}

describe('comparing everything', () => {
  test('[RP6] many that differ a little are found by ranges', async () => {
    await using world = aWorld()
    const { ada, bo, cy, schema } = await three(world, 400)
    await meet(world, ada, bo)
    await meet(world, ada, cy)
    await write(bo, schema, 'bo', 5)
    await write(cy, schema, 'cy', 7)
    const line = await world.connect(bo, cy)
    await world.settle(bo, cy)
    const modes = valueOf(await bo.engine.sessions()).filter(({ peer }) => peer === line.from.id || peer > 1)
    expect(modes.map(({ mode }) => mode)).toContain('ranges')
    expect(await titlesOf(bo, schema)).toHaveLength(412)
    await sameSets(schema, bo, cy)
  })

  test('[RP6] where ranges cost more than telling everything, everything is told', async () => {
    await using world = aWorld()
    const { ada, bo, cy, schema } = await three(world, 500)
    await meet(world, ada, bo)
    await meet(world, ada, cy)
    const things = valueOf(await bo.engine.query({ schema, first: 1000 }, call)).documents
    const drafts = things.map(({ id }) => ({ action: 'update', document: id, fields: { title: 'changed' } }) as const)
    valueOf(await bo.engine.publish(drafts, call))
    await write(cy, schema, 'cy', 400)
    await world.connect(bo, cy)
    await world.settle(bo, cy)
    expect(
      valueOf(await cy.engine.sessions())
        .filter(({ state }) => state === 'live')
        .map(({ mode }) => mode),
    ).toEqual(['heads'])
    await sameSets(schema, bo, cy)
    expect((await titlesOf(cy, schema)).filter((title) => title === 'changed')).toHaveLength(500)
  })

  test('[RP6] a restored backup is noticed, and gets back what it forgot', async () => {
    const database = memoryDatabase()
    const backup = memoryDatabase()
    await using world = aWorld()
    const { ada, bo, schema } = await three(world, 20, [undefined, openMemoryStore(database)])
    await meet(world, ada, bo)
    for (const [name, table] of Object.entries(structuredClone(database))) Object.assign(backup, { [name]: table })
    await write(bo, schema, 'forgotten', 5)
    await meet(world, ada, bo)
    // The same store id, and numbers that the other side has seen higher.
    const restored: Device = { ...world.device('bo', openMemoryStore(backup)), transportKey: bo.transportKey }
    await world.connect(ada, restored)
    await world.settle(ada, restored)
    expect(await titlesOf(restored, schema)).toHaveLength(25)
    await sameSets(schema, ada, restored)
  })

  test('[RP6] a part whose sum is wrong is never called the same', async () => {
    const database = memoryDatabase()
    await using world = aWorld()
    const { ada, bo, schema } = await three(world, 5, [undefined, openMemoryStore(database)])
    await meet(world, ada, bo)
    for (const part of database.parts.values()) part.state = { ...part.state, sum: part.state.sum + 1n }
    await world.connect(ada, bo)
    const states = async ({ engine }: Device) =>
      valueOf(await engine.sessions())
        .filter(({ state }) => state !== 'ended')
        .map(({ state }) => state)
    await world.until(async () => (await states(ada)).join() === 'unequal' && (await states(bo)).join() === 'unequal')
    expect(valueOf(await ada.engine.shared())[0]!.peers.map(({ state }) => state)).toEqual(['unequal'])
    // And still what is new goes over.
    await write(ada, schema, 'new', 1)
    await world.until(async () => (await titlesOf(bo, schema)).includes('new 0'))
  })
})

describe('logs that fork', () => {
  const forked = async (world: World) => {
    const { ada, bo, cy, schema } = await three(world, 3)
    await meet(world, ada, bo)
    await meet(world, ada, cy)
    // A clone: the same key signs something else at the same place.
    const clone = world.device('clone', undefined, ada)
    valueOf(
      await clone.engine.importBundle(
        from([join(await collect(valueOf(await ada.engine.exportBundle({ all: true }, call))))]),
        call,
      ),
    )
    valueOf(await clone.engine.share(schema))
    const [thing] = valueOf(await ada.engine.query({ schema }, call)).documents
    const rename = async ({ engine }: Device, title: string) =>
      void valueOf(await engine.publish([{ action: 'update', document: thing!.id, fields: { title } }], call))
    return { ada, bo, cy, clone, schema, thing: thing!.id, rename }
  }

  test('[RP10] two branches of one length are proved to be a fork, and the two agree that it is one', async () => {
    await using world = aWorld()
    const { ada, bo, cy, clone, schema, rename } = await forked(world)
    await rename(ada, 'one branch')
    await rename(clone, 'other branch')
    await meet(world, ada, bo)
    await meet(world, clone, cy)
    await world.connect(bo, cy)
    await world.settle(bo, cy)
    for (const { engine } of [bo, cy]) expect(valueOf(await engine.forks())).toHaveLength(1)
    await sameSets(schema, bo, cy)
  })

  test('[RP10] so are two of different length', async () => {
    await using world = aWorld()
    const { ada, bo, cy, clone, schema, rename } = await forked(world)
    await rename(ada, 'one branch')
    await rename(clone, 'other branch')
    await rename(clone, 'other branch, longer')
    await meet(world, ada, bo)
    await meet(world, clone, cy)
    await world.connect(bo, cy)
    await world.settle(bo, cy)
    for (const { engine } of [bo, cy]) expect(valueOf(await engine.forks())).toHaveLength(1)
    await sameSets(schema, bo, cy)
  })

  test('[RP10] who knows a fork tells it to who does not', async () => {
    await using world = aWorld()
    const { ada, bo, cy, clone, schema, rename } = await forked(world)
    await rename(ada, 'one branch')
    await rename(clone, 'other branch')
    await meet(world, ada, bo)
    await meet(world, ada, cy)
    const line = await world.connect(clone, bo)
    await world.settle(clone, bo)
    await line.close()
    await world.connect(bo, cy)
    await world.settle(bo, cy)
    expect(valueOf(await cy.engine.forks())).toHaveLength(1)
    await sameSets(schema, bo, cy)
  })
})

test('[RP3] what is written while the two still compare is not lost', async () => {
  await using world = aWorld()
  const { ada, bo, cy, schema } = await three(world, 100)
  await meet(world, ada, bo)
  await meet(world, ada, cy)
  for (const latencyMs of [0, 30, 200]) {
    const lines = await Promise.all([world.connect(ada, bo, latencyMs), world.connect(cy, bo, latencyMs)])
    for (let round = 0; round < 12; round++) {
      for (const device of [ada, bo, cy]) await write(device, schema, `${device.name} ${latencyMs} ${round}`, 1)
      await world.clock.advance(latencyMs / 3)
    }
    const total = 100 + 36 * ([0, 30, 200].indexOf(latencyMs) + 1)
    for (const device of [ada, bo, cy]) await world.until(async () => (await titlesOf(device, schema)).length === total)
    await world.settle(ada, bo, cy)
    await sameSets(schema, ada, bo, cy)
    for (const line of lines) await line.close()
    expect(await Promise.all(lines.map(({ from: dialled }) => dialled.closed))).toEqual([undefined, undefined])
  }
})

test('[RP1] whoever meets whom in whatever order, in the end all have the same', async () => {
  type Step = {
    readonly do: 'write' | 'rename' | 'remove' | 'meet'
    readonly by: number
    readonly with: number
    readonly nth: number
  }
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom('write', 'rename', 'remove', 'meet', 'meet'),
    by: fc.nat(2),
    with: fc.nat(2),
    nth: fc.nat(5),
  })
  const run = async (steps: readonly Step[]): Promise<void> => {
    await using world = aWorld()
    const { ada, bo, cy, schema } = await three(world, 2)
    const devices = [ada, bo, cy]
    await meet(world, ada, bo)
    await meet(world, ada, cy)
    for (const { do: act, by, with: other, nth } of steps) {
      const device = devices[by]!
      const things = valueOf(await device.engine.query({ schema, first: 100 }, call)).documents
      const thing = things[nth % Math.max(1, things.length)]
      if (act === 'meet' && by !== other) await meet(world, device, devices[other]!)
      if (act === 'write') await write(device, schema, `by ${by}`, nth)
      if (act === 'rename' && thing)
        valueOf(
          await device.engine.publish(
            [{ action: 'update', document: thing.id, fields: { title: `named ${by}` } }],
            call,
          ),
        )
      if (act === 'remove' && thing)
        valueOf(await device.engine.publish([{ action: 'delete', document: thing.id }], call))
    }
    for (const [one, another] of [
      [ada, bo],
      [bo, cy],
      [cy, ada],
    ] as const)
      await meet(world, one, another)
    const titles = await Promise.all(devices.map((device) => titlesOf(device, schema)))
    expect(titles[1]).toEqual(titles[0])
    expect(titles[2]).toEqual(titles[0])
    await sameSets(schema, ada, bo, cy)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), run), { numRuns: 12 })
})
