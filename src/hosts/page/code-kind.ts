import type { PublicKey } from '../../core/ids.ts'
import {
  type LinkingCodeFailure,
  linkingCodeToQrText,
  linkingCodeToText,
  parseLinkingCode,
} from '../../core/linking/linking-code.ts'
import type { ConnectionBlob } from '../../core/meeting/blob.ts'
import {
  type MeetingCode,
  type MeetingFailure,
  meetingCodeToQrText,
  meetingCodeToText,
  parseMeetingCode,
} from '../../core/meeting/code.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Met } from '../../adapters/web/rtc-handover.ts'
import type { LinkingTicket } from '../../engine/identity/link-api.ts'

/**
 * What two devices show each other until they are connected. Both need the other's code, since none of them can be dialled:
 *
 *     to meet   both show a meeting code
 *     to link   the new device shows a linking code, with the secret; the known one a meeting code, which holds none
 */
export interface CodeKind {
  /** Where links with these codes lead, and the tabs that look for them. */
  readonly route: 'meet' | 'link'
  readonly purpose?: Met['purpose']
  /** Our code. Rejects with a failure. */
  readonly show: (own: OwnSide) => Promise<{ readonly qr: string; readonly text: string }>
  /** The other's, from what was scanned or pasted. */
  readonly read: (found: string) => Result<TakenCode, CodeFailure>
  /** What has to be done before the other is connected with. Rejects with a failure. */
  readonly prepare?: (taken: TakenCode) => Promise<void>
}

interface OwnSide {
  readonly transportKey: PublicKey
  readonly blob: ConnectionBlob
}

export interface TakenCode extends MeetingCode {
  /** Of a linking: what the new device showed. */
  readonly ticket?: LinkingTicket
}

export type CodeFailure = MeetingFailure | LinkingCodeFailure

/** The address of this app with a code behind `#`, which no server sees. */
export const linkOf = ({ route }: CodeKind, text: string): string =>
  `${location.origin}${location.pathname}#/${route}/${text}`

const meetingTexts = async (code: MeetingCode) => ({ qr: meetingCodeToQrText(code), text: meetingCodeToText(code) })

/** @param inviteSecret of an invite to hand on with our code, 16 bytes */
export const meetingCodes = (inviteSecret: Uint8Array | null): CodeKind => ({
  route: 'meet',
  show: (own) => meetingTexts({ ...own, inviteSecret }),
  read: parseMeetingCode,
})

/** The codes of a device that is to become one of a person. @param open begins its part of the ceremony; rejects with a failure */
export const newDeviceCodes = (open: () => Promise<LinkingTicket>): CodeKind => ({
  route: 'link',
  purpose: 'linking',
  show: async ({ transportKey, blob }) => {
    const code = { ...(await open()), transportKey, way: blob }
    return { qr: linkingCodeToQrText(code), text: linkingCodeToText(code) }
  },
  read: parseMeetingCode,
})

/** The codes of a device that a person has already. @param open begins its part of the ceremony; rejects with a failure */
export const knownDeviceCodes = (open: (ticket: LinkingTicket) => Promise<unknown>): CodeKind => ({
  route: 'link',
  purpose: 'linking',
  show: (own) => meetingTexts({ ...own, inviteSecret: null }),
  read: (found) => {
    const code = parseLinkingCode(found)
    if (!code.ok) return code
    const { transportKey, way, ...ticket } = code.value
    // One that leads through nodes, or that a known device shows, is made by no app of this version.
    if (ticket.shownBy !== 'new' || !('ufrag' in way)) return fail({ code: 'meeting/version-unsupported', version: 2n })
    return ok({ transportKey, blob: way, inviteSecret: null, ticket })
  },
  // A channel that finds no ceremony is closed.
  prepare: async ({ ticket }) => {
    if (ticket) await open(ticket)
  },
})
