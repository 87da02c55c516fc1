import type { Handover } from '../adapters/web/rtc-handover.ts'
import type { PublicKey } from '../core/ids.ts'
import type { Result } from '../core/result.ts'
import type { Failure } from '../engine/failure.ts'

/**
 * What a page that meets others says to its engine worker, besides its calls: here is a channel, and who are we? The answer to the second
 * comes through the port that came with it.
 */
export type MeetingMessage = { readonly handover: Handover } | { readonly tellTransportKey: MessagePort }

export type TransportKeyAnswer = Result<PublicKey, Failure>
