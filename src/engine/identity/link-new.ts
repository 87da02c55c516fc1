import { keySubject } from '../../core/authority/entry.ts'
import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import { queryDocuments } from '../query/query.ts'
import { isSamePart } from '../sync/parts.ts'
import { readAcks } from '../sync/peer-memory.ts'
import { groupPart } from '../sync/scopes-for.ts'
import { watch } from '../watch.ts'

const requestSchema = systemSchemaId('key_group_membership_request_v1')
/** How often it is looked again whether everything that says who is in has come. */
const lookMs = 1_000

/** Signs the consent of this device's key to be one of a person; one that was signed before is enough. */
export async function askToBeLinked(
  deps: EngineDeps,
  person: DocumentId,
  signal: AbortSignal,
): Promise<Result<unknown, Failure>> {
  const [own] = await deps.keys.publicKeys()
  if (!own) return fail({ code: 'signer/gone' })
  const where = { key_group: { eq: person } }
  const query = { schema: requestSchema, where, meta: { owner: { eq: own } }, first: 1 }
  const asked = await queryDocuments(deps, query, { signal })
  if (!asked.ok) return asked
  const [before] = asked.value.documents
  if (before) return ok(before)
  return publishDrafts(deps, [{ action: 'create', schema: requestSchema, fields: { key_group: person } }], { signal })
}

/** Whom the person's control closure finds admitted. */
export interface Found {
  readonly isOwnAdmitted: boolean
  readonly isPeerAdmitted: boolean
}

/**
 * Waits until this device is found in the person's group. The other one is missing there only once everything came that it has to say: entries
 * come log by log, and one that is still on its way is no sign of anything. `undefined`: the signal said stop.
 */
export async function untilAdmitted(
  deps: EngineDeps,
  person: DocumentId,
  peer: PublicKey,
  life: AbortSignal,
): Promise<Found | undefined> {
  const { key } = groupPart(person, 0)
  const isComplete = async (): Promise<boolean> => {
    const [{ number }, acks] = await Promise.all([deps.store.part(key), readAcks(deps.store)])
    return acks.some((ack) => ack.publicKey === peer && isSamePart(ack.key, key) && ack.number >= number)
  }
  const lookNow = async (): Promise<Found> => {
    await deps.materialiser.settled()
    const [own] = await deps.keys.publicKeys()
    const { members } = (await deps.authority.authority()).group(person)
    const isIn = (one: PublicKey | undefined): boolean => one !== undefined && members.includes(keySubject(one))
    return { isOwnAdmitted: isIn(own), isPeerAdmitted: isIn(peer) }
  }
  const end = new AbortController()
  let last: Found | undefined
  const look = async (_: unknown, signal: AbortSignal, outdated: AbortSignal): Promise<void> => {
    while (!outdated.aborted && !signal.aborted) {
      const found = await lookNow()
      if (!found.isOwnAdmitted) return
      if (found.isPeerAdmitted || (await isComplete())) {
        last = found
        return end.abort()
      }
      await deps.clock.sleep(lookMs, AbortSignal.any([signal, outdated])).catch(() => undefined)
    }
  }
  const signal = AbortSignal.any([life, end.signal])
  await watch<never>(deps, ({ authority }) => authority === true, look, { signal })
  return last
}
