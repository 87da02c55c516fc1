import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import type { DocumentId, Hash } from '../../../src/core/ids.ts'
import { documentStatuses } from '../../../src/engine/sync/status.ts'
import { rememberingVerifier } from '../remembering-verifier.ts'
import { faultsIn, faultsInParts, readEntry } from '../soundness.ts'
import type { Machine } from './machine.ts'
import type { World } from './world.ts'

/** Bytes of entries and operations that may wait at one end of a connection, frames and boxes included. */
const maxUnread = 64 * 1024 + 64 * 1024

/** In order of arrival. */
const hashesOf = ({ database }: Machine, id: DocumentId): readonly Hash[] =>
  (database.documents.get(id)?.items ?? []).map(({ entry }) => readEntry(entry).hash)
const isForked = ({ database }: Machine, id: DocumentId): boolean =>
  (database.documents.get(id)?.items ?? []).some(({ entry }) => {
    const { publicKey, logId } = readEntry(entry)
    return [...database.forks.values()].some((fork) => fork.publicKey === publicKey && fork.logId === logId)
  })

/** Nobody is said to have a document who lacks its newest entry. Of a forked log each keeps the branch it saw first. */
async function overclaims(world: World, machine: Machine): Promise<readonly string[]> {
  const ids = [...machine.database.documents.keys()]
  const statuses = await documentStatuses(openMemoryStore(machine.database), ids)
  const byKey = new Map(world.machines.map((other) => [other.publicKey, other]))
  return statuses.flatMap(({ documentId, with: having }) =>
    having.flatMap(({ publicKey }) => {
      const other = byKey.get(publicKey)
      if (!other || isForked(machine, documentId)) return []
      const newest = hashesOf(machine, documentId).at(-1)
      const isThere = newest !== undefined && hashesOf(other, documentId).includes(newest)
      return isThere ? [] : [`${machine.name} says that ${other.name} has ${documentId}, which lacks its newest entry`]
    }),
  )
}

/** What has to hold at every moment, whatever happened. */
export function watchInvariants(world: World): () => Promise<void> {
  const verifier = rememberingVerifier()
  const seen = new Map<Machine, number>()
  return async () => {
    const { broken, machines, diary, links } = world
    for (const machine of machines) {
      const { database, name } = machine
      if (seen.get(machine) !== database.arrival) {
        seen.set(machine, database.arrival)
        const faults = [...(await faultsIn(database, verifier)), ...faultsInParts(database)]
        broken.push(...faults.map((fault) => `${name}: ${fault}`))
      }
      broken.push(...(await overclaims(world, machine)))
      if (machine !== machines[0])
        for (const id of diary.documentIds)
          if (database.documents.has(id)) broken.push(`${name} has a private document`)
    }
    for (const { line, id } of links)
      for (const side of [0, 1] as const)
        if (line.unread(side) > maxUnread) broken.push(`${line.unread(side)} bytes lie unread on link ${id}`)
  }
}
