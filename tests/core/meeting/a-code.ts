import * as fc from 'fast-check'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import type { Candidate, ConnectionBlob } from '../../../src/core/meeting/blob.ts'
import type { MeetingCode } from '../../../src/core/meeting/code.ts'
import type { PublicKey } from '../../../src/core/ids.ts'

/** Any code that a device could show. */

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const iceCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const iceText = (minLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0, max: 63 }).map((digit) => iceCharacters.charAt(digit)),
    minLength,
    maxLength: 256,
    size: 'small',
  })
const candidate = (kind: Candidate['kind'], length: number): fc.Arbitrary<Candidate> =>
  fc.record({ kind: fc.constant(kind), address: bytes(length), port: fc.integer({ min: 1, max: 65_535 }) })

export const anyCandidate: fc.Arbitrary<Candidate> = fc.oneof(
  candidate('ipv4', 4),
  candidate('ipv6', 16),
  candidate('mdns', 16),
  candidate('srflx-ipv4', 4),
  candidate('srflx-ipv6', 16),
)

export const anyBlob: fc.Arbitrary<ConnectionBlob> = fc.record({
  ufrag: iceText(4),
  password: iceText(22),
  fingerprint: bytes(32),
  candidates: fc.array(anyCandidate, { maxLength: 4 }),
})

export const anyCode: fc.Arbitrary<MeetingCode> = fc.record({
  transportKey: bytes(32).map((key) => bytesToHex(key) as PublicKey),
  blob: anyBlob,
  inviteSecret: fc.option(bytes(16), { nil: null }),
})

/** What Chromium shows: credentials of 4 and 24 characters. */
export const aBlob = (candidates: readonly Candidate[]): ConnectionBlob => ({
  ufrag: 'k3R+',
  password: 'ZIEyF4n2bcHUBoiGr5Vd9kQw',
  fingerprint: Uint8Array.from({ length: 32 }, (_, at) => at * 7),
  candidates,
})
export const aCode = (candidates: readonly Candidate[]): MeetingCode => ({
  transportKey: 'a1'.repeat(32) as PublicKey,
  blob: aBlob(candidates),
  inviteSecret: null,
})

const kinds = { ipv4: 4, ipv6: 16, mdns: 16, 'srflx-ipv4': 4, 'srflx-ipv6': 16 } as const
export const aCandidate = (kind: Candidate['kind'], seed = 1): Candidate => ({
  kind,
  address: Uint8Array.from({ length: kinds[kind] }, (_, at) => (at + seed) % 256),
  port: 50_000 + seed,
})
