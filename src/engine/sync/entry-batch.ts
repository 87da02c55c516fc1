import { type Result, ok } from '../../core/result.ts'
import type { MessageOf } from '../../sync/messages.ts'
import type { Failure } from '../failure.ts'
import type { PartSession } from './part-session.ts'

/** Entries that are taken in at once. */
const maxEntriesAtOnce = 500

type Handled = Promise<Result<void, Failure>>

/** `Entry` after `Entry` of one session waits for the others, so that they are stored at once. */
export interface EntryBatch {
  /** @param bytes of its frame */
  readonly add: (session: PartSession, message: MessageOf<'Entry'>, bytes: number) => Handled
  /** Takes in what waits. */
  readonly flush: () => Handled
}

export function createEntryBatch(
  take: (session: PartSession, messages: readonly MessageOf<'Entry'>[], bytes: number) => Handled,
): EntryBatch {
  let waiting: { readonly session: PartSession; readonly messages: MessageOf<'Entry'>[]; bytes: number } | undefined

  const flush = async (): Handled => {
    const batch = waiting
    waiting = undefined
    return batch ? take(batch.session, batch.messages, batch.bytes) : ok(undefined)
  }
  return {
    flush,
    add: async (session, message, bytes) => {
      if (waiting && waiting.session !== session) {
        const taken = await flush()
        if (!taken.ok) return taken
      }
      waiting ??= { session, messages: [], bytes: 0 }
      waiting.messages.push(message)
      waiting.bytes += bytes
      return waiting.messages.length < maxEntriesAtOnce ? ok(undefined) : flush()
    },
  }
}
