import { decodeEntry } from '../core/entry/decode.ts'
import type { Entry } from '../core/entry/entry.ts'
import { signedPart, verifyPayload } from '../core/entry/verify.ts'
import { logName } from '../core/entry/log-name.ts'
import type { EncodedOperation } from '../core/ids.ts'
import { firstReservedLogId } from '../core/limits.ts'
import { decodeOperation } from '../core/operation/decode.ts'
import type { PlainOperation } from '../core/operation/operation.ts'
import { type Result, fail, ok } from '../core/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Mark, Origin } from '../ports/store.ts'
import type { Verifier } from '../ports/verifier.ts'
import type { Failure } from './failure.ts'

/** What comes to the door: bytes of an entry and of its operation. `null`: the payload was dropped where it comes from. */
export interface IngestItem {
  readonly entry: Uint8Array
  readonly operation: Uint8Array | null
}

/** How it came, and when, by this device's clock. */
export interface Arrival {
  readonly origin: Origin
  readonly mark: Mark
  readonly receivedAt: number
}

/** When something arrives, by a clock that may be wrong: whole milliseconds, never before 1970. Order comes from arrival numbers, not from this. */
export const arrivalTime = (clock: Clock): number => Math.max(0, Math.trunc(clock.now()))

/** An entry that is right by itself: well-formed, signed by its key, with the payload it names. Its log has not been asked yet. */
export interface SoundItem {
  readonly entry: Entry
  readonly payload: { readonly bytes: EncodedOperation; readonly operation: PlainOperation } | null
  readonly arrival: Arrival
  /** Its log as text, for maps: `<publicKey>/<logId>`. */
  readonly log: string
}

export type PreparedItem = Result<SoundItem, Failure>

const decodeItem = (item: IngestItem, arrival: Arrival): PreparedItem => {
  const decoded = decodeEntry(item.entry)
  if (!decoded.ok) return decoded
  const entry = decoded.value
  if (entry.logId >= firstReservedLogId) return fail({ code: 'entry/log-id-reserved', logId: entry.logId })
  const log = logName(entry)
  if (item.operation === null) return ok({ entry, payload: null, arrival, log })
  const fits = verifyPayload(entry, item.operation)
  if (!fits.ok) return fits
  const operation = decodeOperation(item.operation)
  if (!operation.ok) return operation
  const bytes = item.operation.slice() as EncodedOperation
  return ok({ entry, payload: { bytes, operation: operation.value }, arrival, log })
}

/**
 * The half of ingest that asks nobody but the verifier: decoding, payloads, signatures (all at once). So the next batch can be prepared
 * while this one is committed.
 */
export async function prepareItems(
  verifier: Verifier,
  items: readonly (readonly [IngestItem, Arrival])[],
  signal: AbortSignal,
): Promise<readonly PreparedItem[]> {
  return judgeSignatures(
    verifier,
    items.map(([item, arrival]) => decodeItem(item, arrival)),
    signal,
  )
}

/** The same for entries that were written here a moment ago, and are decoded therefore. Their signatures are judged like everybody's. */
export async function judgeWritten(
  verifier: Verifier,
  written: readonly SoundItem[],
  signal: AbortSignal,
): Promise<Result<void, Failure>> {
  const judged = await judgeSignatures(verifier, written.map(ok), signal)
  return judged.find((item) => !item.ok) ?? ok(undefined)
}

async function judgeSignatures(
  verifier: Verifier,
  decoded: readonly PreparedItem[],
  signal: AbortSignal,
): Promise<readonly PreparedItem[]> {
  const entries = decoded.flatMap((item) => (item.ok ? [item.value.entry] : []))
  const verdicts = await verifier.verify(
    entries.map((entry) => ({
      publicKey: entry.publicKey,
      message: signedPart(entry),
      signature: entry.signature,
    })),
  )
  signal.throwIfAborted()
  let next = 0
  return decoded.map((item) =>
    !item.ok || verdicts[next++]
      ? item
      : fail({ code: 'entry/signature-invalid', publicKey: item.value.entry.publicKey }),
  )
}
