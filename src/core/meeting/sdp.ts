import { bytesToHex, hexToBytes, isHex } from '../bytes/hex.ts'
import { compareBytes } from '../bytes/concat.ts'
import { maxCandidates } from '../limits.ts'
import { type Result, fail, ok } from '../result.ts'
import { formatAddress, parseAddress } from './address.ts'
import { type Candidate, type ConnectionBlob, isIcePassword, isUfrag } from './blob.ts'

/** What this browser offers is not what a blob can carry; `missing` names the first line that is not there. */
export interface SdpFailure {
  readonly code: 'meeting/sdp-unusable'
  readonly missing: string
}

/** The DTLS part of a side: `active` is the client, who begins. */
export type Setup = 'active' | 'passive'

/** Which part a side plays: the smaller fingerprint is the client. Two equal ones are one side twice, and no pair. */
export const setupOf = (own: ConnectionBlob, other: ConnectionBlob): Setup | undefined => {
  const order = compareBytes(own.fingerprint, other.fingerprint)
  return order === 0 ? undefined : order < 0 ? 'active' : 'passive'
}

const lineOf = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3)

const isReflexive = ({ kind }: Candidate): boolean => kind.startsWith('srflx')

interface RankedCandidate {
  readonly candidate: Candidate
  readonly priority: number
}

/** `candidate:<foundation> 1 udp <priority> <address> <port> typ host …` (RFC 8839 §5.1). Others (TCP, relays) are not carried. */
function parseCandidate(line: string): RankedCandidate | undefined {
  const [, component, protocol = '', priority, text = '', port, , type] = line.split(' ')
  const isCarried = component === '1' && protocol.toLowerCase() === 'udp' && (type === 'host' || type === 'srflx')
  const address = isCarried ? parseAddress(text, type === 'srflx') : undefined
  const isPort = Number(port) > 0 && Number(port) < 65_536
  return address && isPort ? { candidate: { ...address, port: Number(port) }, priority: Number(priority) } : undefined
}

/** The best by the browser's own ranking; where a STUN server was asked, one of its answers is among them. */
function choose(ranked: readonly RankedCandidate[]): readonly Candidate[] {
  const candidates = ranked.toSorted((a, b) => b.priority - a.priority).map(({ candidate }) => candidate)
  const reflexive = candidates.filter(isReflexive)
  const host = candidates.filter((each) => !isReflexive(each))
  return [...host.slice(0, maxCandidates - Math.min(reflexive.length, 1)), ...reflexive].slice(0, maxCandidates)
}

/** The part of a local description, gathered to its end, that the other side needs. `meeting/sdp-unusable` where a browser writes it otherwise. */
export function sdpToBlob(sdp: string): Result<ConnectionBlob, SdpFailure> {
  const lines = sdp.split(/\r?\n/)
  const ufrag = lineOf(lines, 'ice-ufrag')
  if (ufrag === undefined || !isUfrag(ufrag)) return fail({ code: 'meeting/sdp-unusable', missing: 'ice-ufrag' })
  const password = lineOf(lines, 'ice-pwd')
  if (password === undefined || !isIcePassword(password))
    return fail({ code: 'meeting/sdp-unusable', missing: 'ice-pwd' })
  const [algorithm, digest = ''] = (lineOf(lines, 'fingerprint') ?? '').split(' ')
  const hex = digest.replaceAll(':', '').toLowerCase()
  if (algorithm?.toLowerCase() !== 'sha-256' || !isHex(hex, 32))
    return fail({ code: 'meeting/sdp-unusable', missing: 'fingerprint:sha-256' })
  const candidates = lines
    .filter((line) => line.startsWith('a=candidate:'))
    .map(parseCandidate)
    .filter((each) => each !== undefined)
  return ok({ ufrag, password, fingerprint: hexToBytes(hex), candidates: choose(candidates) })
}

const candidateLine = (candidate: Candidate, at: number): string => {
  const [preference, type] = isReflexive(candidate) ? [100, 'srflx raddr 0.0.0.0 rport 0'] : [126, 'host']
  const priority = preference * 2 ** 24 + (65_535 - at) * 2 ** 8 + 255
  return `a=candidate:${at + 1} 1 udp ${priority} ${formatAddress(candidate)} ${candidate.port} typ ${type}`
}

/**
 * The other side's blob as the answer to our own offer (webrtc.md §2): one data channel section and nothing else.
 *
 * @param setup the other side's part
 * @param revision 1 for the first description of a connection, one more after each ICE restart
 */
export const blobToSdp = (blob: ConnectionBlob, setup: Setup, revision: number): string =>
  [
    'v=0',
    `o=- 1 ${revision + 1} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...blob.candidates.map(candidateLine),
    `a=ice-ufrag:${blob.ufrag}`,
    `a=ice-pwd:${blob.password}`,
    `a=fingerprint:sha-256 ${(bytesToHex(blob.fingerprint).toUpperCase().match(/../g) ?? []).join(':')}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ].join('\r\n')
