import type { NamedPlace } from '../../core/authority/rows.ts'
import type { LogId, SeqNum } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'

/** Where an entry of a new log of this device will lie. */
export async function nextPlace({
  store,
  keys,
}: Pick<EngineDeps, 'store' | 'keys'>): Promise<Result<NamedPlace, Failure>> {
  const [publicKey] = await keys.publicKeys()
  if (publicKey === undefined) return fail({ code: 'signer/gone' })
  const last = await store.lastLog(publicKey)
  return ok({ publicKey, logId: ((last?.logId ?? -1n) + 1n) as LogId, seqNum: 1n as SeqNum })
}
