import type { LogKey } from '../../core/entry/entry.ts'
import { logName } from '../../core/entry/log-name.ts'
import type { SeqNum } from '../../core/ids.ts'
import { decodeOperation } from '../../core/operation/decode.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { WantedLog } from '../../sync/compare-heads.ts'
import type { Carried } from './carried.ts'
import type { PartSession } from './part-session.ts'
import { type SessionHost, feed, nothingWanted } from './session-driver.ts'

/**
 * The data of files goes live on demand (sync.md §5): its entries are pushed alone, and whoever wants the rest asks for the log.
 *
 *     entry, null ──▶ is it here? does somebody else bring it? ── no ──▶ WantLog ──▶ the same entry, with its operation
 *
 * So who hears of a file from several sides fetches it once, and what else is new does not stand behind it.
 */
const pieceSchema = systemSchemaId('blob_piece_v1')
/** Bytes of an operation up to which asking for it would cost more than sending it. */
const smallBytes = 1_024

/** The first entry of a log only: of others their receiver could not tell whether it has them whole. */
const isFileData = ({ entry, operation }: Carried): boolean => {
  if (entry.seqNum !== 1n || operation === null || operation.length <= smallBytes) return false
  const decoded = decodeOperation(operation)
  return decoded.ok && decoded.value.schemaId === pieceSchema
}

/** Entries as they are pushed. */
export const withoutFileData = (carried: readonly Carried[]): readonly Carried[] =>
  carried.map((item) => (isFileData(item) ? { ...item, operation: null } : item))

/** Entries came without what they say: their logs are fetched, from this peer or from who was asked before. */
export function noteBare(session: PartSession, logs: readonly (LogKey & { readonly seqNum: SeqNum })[]): void {
  for (const log of logs) if (log.seqNum === 1n) session.bare.set(logName(log), log)
}

/** Asks for the file data that is not here yet, as far as nobody else brings it. */
export async function askForFileData(host: SessionHost, session: PartSession): Promise<void> {
  const { bare } = session
  if (bare.size === 0) return
  const logs = [...bare.values()]
  const heads = await host.deps.store.heads(logs)
  const wants: WantedLog[] = []
  for (const [at, { publicKey, logId, seqNum: toSeq }] of logs.entries()) {
    const name = logName({ publicKey, logId })
    const isBringing = (): boolean => session.record.state !== 'ended' && session.state.logs.has(name)
    if (heads[at]) bare.delete(name)
    else if (host.askedFor.take(name, isBringing)) wants.push({ publicKey, logId, fromSeq: 1n as SeqNum, toSeq })
  }
  if (wants.length === 0) return
  await feed(host, session, { on: 'compared', comparison: { ...nothingWanted, wants }, isLast: true })
}
