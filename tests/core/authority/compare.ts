import { expect } from 'vitest'
import { createAuthority } from '../../../src/core/authority/authority.ts'
import type { Authority } from '../../../src/core/authority/authority.ts'
import type { ControlEntry, GrantRange, Place } from '../../../src/core/authority/entry.ts'
import type { DocumentId, LogId, PublicKey, SeqNum } from '../../../src/core/ids.ts'
import { dice } from '../../sim/dice.ts'
import { anyHistory } from './any-history.ts'
import { oracle } from './oracle.ts'

/** All that can be asked, of whichever of the two, in an order of its own. */
function everything(
  asked: Pick<ReturnType<typeof oracle>, 'group' | 'allowed'>,
  groups: readonly string[],
  places: readonly Place[],
): unknown {
  return groups.map((id) => {
    const { founder, levels, members, adopted } = asked.group(id)
    return {
      founder,
      levels: [...levels].sort(),
      members: [...members].sort(),
      adopted: [...adopted].sort(),
      can: places.flatMap((place) =>
        ['*', 'wiki'].map(
          (range) => `${place.publicKey} ${place.logId} ${range} ${asked.allowed(id, place, range).join()}`,
        ),
      ),
    }
  })
}

/** An authority's answers in the oracle's words. */
const inWords = (authority: Authority): Pick<ReturnType<typeof oracle>, 'group' | 'allowed'> => ({
  group: (id) => {
    const { founder, levels, members, adopted } = authority.group(id as DocumentId)
    return {
      founder,
      levels: levels.map(({ subject, range, level }) => `${subject} ${range} ${level}`),
      members: [...members],
      adopted: adopted.map(({ publicKey, logId, tip }) => `${publicKey}/${logId} ${tip}`),
    }
  },
  allowed: (group, place, range) => authority.allowed(group as DocumentId, place as Place, range as GrantRange),
})

/**
 * One random history: the incremental engine takes its entries one by one, in any order, asked after each; the oracle is asked once with half of
 * them and once with all. A failure names the seed.
 */
function compareOnce(seed: number, wildness: Parameters<typeof anyHistory>[1]): void {
  const chance = dice(seed)
  const { story, groups, forks } = anyHistory(chance, wildness)
  const entries = chance.shuffle(story.entries)
  const keys = [...new Set(entries.map(({ publicKey }) => publicKey))]
  const places: readonly Place[] = [
    ...keys.map((publicKey) => ({ publicKey, logId: 99n as LogId, seqNum: 1n as SeqNum })),
    { publicKey: 'B' as PublicKey, logId: 1n as LogId, seqNum: 1n as SeqNum },
  ]
  const authority = createAuthority()
  const agree = (known: readonly ControlEntry[], seen: readonly Place[]): void => {
    const ours = everything(inWords(authority), groups, places)
    const expected = everything(oracle(known, seen), groups, places)
    // Thousands of times: the costly comparison is for telling what differs.
    if (JSON.stringify(ours) !== JSON.stringify(expected))
      expect(ours, `seed ${seed}, ${known.length} entries`).toEqual(expected)
  }
  const half = chance.roll(entries.length)
  for (const [at, entry] of entries.entries()) {
    authority.add([entry])
    for (const group of groups) authority.group(group as DocumentId)
    if (at === half) agree(entries.slice(0, at + 1), [])
  }
  authority.add([], forks)
  agree(entries, forks)
}

/** So many histories from a seed on, half of them with forks. Answers how many agreed, which is all unless it throws. */
export function compareMany(from: number, count: number): number {
  for (let seed = from; seed < from + count; seed++)
    compareOnce(seed, { steps: 3 + (seed % 10), forks: seed % 2 === 1, nested: true })
  return count
}
