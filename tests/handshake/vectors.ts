import { readFileSync } from 'node:fs'
import { hexToBytes } from '../../src/core/bytes/hex.ts'
import type { PublicKey } from '../../src/core/ids.ts'
import type { NetworkId } from '../../src/core/transport-key/network-id.ts'

/** tests/vectors/shs.json: everything binary is lowercase hex. */

interface Side {
  readonly ed25519Seed: string
  readonly ed25519PublicKey: PublicKey
  readonly x25519SecretFromLongTerm: string
  readonly x25519PublicFromLongTerm: string
  readonly ephemeralSecret: string
  readonly ephemeralPublic: string
}
interface Keys {
  readonly key: string
  readonly nonce: string
}
export interface HandshakeVector extends Record<'msg1' | 'msg2' | 'msg3' | 'msg4', string> {
  readonly id: string
  readonly networkId: NetworkId
  readonly client: Side
  readonly server: Side
  readonly sharedSecret_ab: string
  readonly sharedSecret_aB: string
  readonly sharedSecret_Ab: string
  readonly msg3SignedBytes: string
  readonly msg3Signature: string
  readonly msg3Key: string
  readonly msg4SignedBytes: string
  readonly msg4Signature: string
  readonly msg4Key: string
  readonly clientToServer: Keys
  readonly serverToClient: Keys
}
export interface BoxStreamVector extends Keys {
  readonly id: string
  readonly writeLengths: readonly number[]
  readonly stream: string
}
interface Refused {
  readonly id: string
  readonly expectedRejectionStage: string
  readonly input: string
}
export interface RefusedHandshake extends Refused {
  readonly kind: 'handshake'
  readonly handshake: string
  readonly role: 'client' | 'server'
  readonly eof?: boolean
  readonly authorize?: boolean
}
export interface RefusedKey {
  readonly kind: 'config'
  readonly id: string
  readonly serverPublicKey: PublicKey
}
export interface RefusedBox extends Refused, Keys {
  readonly kind: 'box'
  readonly deliveredBefore: readonly string[]
}
export interface AcceptedBox extends Keys {
  readonly id: string
  readonly input: string
  readonly delivered: readonly string[]
}
/** What another library's test recorded: both keys of the client, none of the server's. */
export interface Recorded extends Record<'msg1' | 'msg2' | 'msg3' | 'msg4', string> {
  readonly networkId: NetworkId
  readonly clientPublicKey: PublicKey
  readonly clientEphemeralSecret: string
  /** Seed and public key, 64 bytes. */
  readonly clientSecretKey: string
  readonly serverPublicKey: PublicKey
  readonly clientToServer: Keys
  readonly serverToClient: Keys
}

export const shs = JSON.parse(readFileSync('tests/vectors/shs.json', 'utf8')) as {
  readonly handshakes: readonly HandshakeVector[]
  readonly boxStreams: readonly BoxStreamVector[]
  readonly invalid: readonly (RefusedHandshake | RefusedKey | RefusedBox)[]
  readonly accept: readonly AcceptedBox[]
  readonly recordedThirdParty: readonly Recorded[]
}

/** The handshake that an invalid case begins like: `h2` names `h2-…`. */
export const handshakeNamed = (name: string): HandshakeVector => {
  const found = shs.handshakes.find(({ id }) => id === name || id.startsWith(`${name}-`))
  if (!found) throw new Error(`shs.json has no handshake ${name}`)
  return found
}

export const boxKeys = ({ key, nonce }: Keys) => ({ key: hexToBytes(key), nonce: hexToBytes(nonce) })

/** The bytes of write `index` in all box streams of the file. */
export const pattern = (index: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (31 * index + 7 * at + (at >> 8)) & 255)
