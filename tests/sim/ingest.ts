import { describe, expect, test } from 'vitest'
import { decodeEntry } from '../../src/core/entry/decode.ts'
import { verifyEntry } from '../../src/core/entry/verify.ts'
import type { IngestItem } from '../../src/engine/ingest-prepare.ts'
import type { EngineDeps } from '../../src/engine/deps.ts'
import { ingest } from '../../src/engine/ingest.ts'
import { never, shared, type Shared } from '../engine/door.ts'
import { dice, type Dice } from './dice.ts'
import { aHistory } from './history.ts'
import { rememberingVerifier } from './remembering-verifier.ts'
import { faultsIn } from './soundness.ts'

const damaged = (item: IngestItem, chance: Dice): IngestItem => {
  const flip = (bytes: Uint8Array): Uint8Array => {
    const at = chance.roll(bytes.length)
    return bytes.map((byte, i) => (i === at ? byte ^ (1 << chance.roll(8)) : byte))
  }
  if (item.operation !== null && chance.chance(2)) return { ...item, operation: flip(item.operation) }
  return { ...item, entry: chance.chance(4) ? item.entry.slice(0, chance.roll(item.entry.length)) : flip(item.entry) }
}

/** Everything at least once, in any order, some twice, and damaged copies in between. */
const delivery = (items: readonly IngestItem[], chance: Dice): readonly IngestItem[] =>
  chance.shuffle(
    items.flatMap((item) => [
      item,
      ...(chance.chance(4) ? [item] : []),
      ...(chance.chance(4) ? [damaged(item, chance)] : []),
    ]),
  )

async function takeInBatches(deps: EngineDeps, items: readonly IngestItem[], chance: Dice): Promise<void> {
  for (let at = 0; at < items.length;) {
    const size = 1 + chance.roll(30)
    await ingest(deps, items.slice(at, at + size), { origin: 'import', mark: 'private' }, never)
    at += size
  }
}

const viewsIn = ({ database }: Shared): unknown =>
  new Map(
    [...database.views.values()]
      .filter(
        ({ schemaId, fields }) => 'title' in fields || (schemaId.startsWith('schema_field') && isNumbered(fields)),
      )
      .map(({ documentId, viewId, isDeleted, fields }) => [
        documentId,
        { viewId, isDeleted, title: (fields['title'] ?? fields['name'])?.value },
      ]),
  )
/** The field definition of the schema itself is no document of the history. */
const isNumbered = (fields: Readonly<Record<string, { readonly value: unknown }>>): boolean =>
  fields['name']?.value !== 'title'

/** One seed decides the history, the order, the damage and the batches. */
export function simulateIngest(seeds: readonly number[]): void {
  describe('ingest, whatever comes in whatever order', () => {
    test.each(seeds)('[S4] seed %i: ends with the views that the operations make', async (seed) => {
      const chance = dice(seed)
      const history = aHistory(chance, 40)
      const items = history.entries.map(({ item }) => item)
      const world = shared()
      const verifier = rememberingVerifier()
      const deps = world.open({ verifier })
      await takeInBatches(deps, delivery(items, chance), chance)
      await deps.materialiser.settled()
      expect(viewsIn(world)).toEqual(history.views)
      expect(await faultsIn(world.database, verifier)).toEqual([])
      expect([...world.database.queue]).toEqual([])
    })

    test.each(seeds)('[S4] seed %i: also when two engines take it at the same time', async (seed) => {
      const chance = dice(seed)
      const history = aHistory(chance, 40)
      const items = history.entries.map(({ item }) => item)
      const world = shared()
      const verifier = rememberingVerifier()
      const engines = [world.open({ verifier }), world.open({ verifier })]
      await Promise.all(engines.map((deps) => takeInBatches(deps, delivery(items, chance), chance)))
      await Promise.all(engines.map(({ materialiser }) => materialiser.settled()))
      expect(viewsIn(world)).toEqual(history.views)
      expect(await faultsIn(world.database, verifier)).toEqual([])
      expect([...world.database.queue]).toEqual([])
    })

    test.each(seeds)('[E7] seed %i: a forked log keeps one branch, and every fork is on record', async (seed) => {
      const chance = dice(seed)
      const history = aHistory(chance, 40)
      const world = shared()
      const verifier = rememberingVerifier()
      const deps = world.open({ verifier })
      const items = [...history.entries, ...history.forks].map(({ item }) => item)
      await takeInBatches(deps, delivery(items, chance), chance)
      await takeInBatches(deps, items, chance)
      await deps.materialiser.settled()
      expect(await faultsIn(world.database, verifier)).toEqual([])
      for (const { a, b } of await deps.store.forks()) {
        const [one, other] = [decodeEntry(a.entry), decodeEntry(b.entry)]
        expect(one.ok && other.ok && verifyEntry(one.value).ok && verifyEntry(other.value).ok).toBe(true)
        expect(a.hash < b.hash).toBe(true)
      }
    })
  })
}
