import { ownCertificate } from '../../adapters/web/rtc-certificate.ts'
import { openRtc, type RtcConnection } from '../../adapters/web/rtc-connection.ts'
import { type HandedOver, handOver, type Post } from '../../adapters/web/rtc-handover.ts'
import { assert } from '../../core/assert.ts'
import type { MeetingFailure } from '../../core/meeting/code.ts'
import { type Result, ok } from '../../core/result.ts'

/** What it takes to make connections from this page. */
export interface LineOptions {
  /** Name of the node's database: its certificate lies beside it. */
  readonly database: string
  /** Brings channels to the engine's worker. */
  readonly post: Post
  /** Empty unless a person or a group chose a server (decision 14). */
  readonly iceServers?: readonly RTCIceServer[]
}

/** A connection in the page, and the grip on its channel in the worker. */
export interface Line {
  readonly connection: RtcConnection
  readonly handed: HandedOver
}

/** Makes a connection whose channel is in the worker already. Fails as `openRtc` does. */
export async function openLine({ database, post, iceServers }: LineOptions): Promise<Result<Line, MeetingFailure>> {
  const certificate = await ownCertificate(database, Date.now())
  let handed: HandedOver | undefined
  const opened = await openRtc({
    certificate,
    ...(iceServers && { iceServers }),
    onDataChannel: (channel) => {
      handed = handOver(channel, post)
    },
  })
  if (!opened.ok) return opened
  assert(handed, 'a connection that opened has handed its channel over')
  return ok({ connection: opened.value, handed })
}
