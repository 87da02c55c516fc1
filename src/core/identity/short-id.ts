import { bytesToHex, hexToBytes } from '../bytes/hex.ts'
import { concatBytes } from '../bytes/concat.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'
import { blake3 } from '../hash/blake3.ts'
import type { DocumentId } from '../ids.ts'

const domain = encodeUtf8('p2panda-id')

/** BLAKE3("p2panda-id" ‖ id), 32 bytes: what is shown of a person's document id (34 bytes, with its `0020`). */
export const identityDigest = (person: DocumentId): Uint8Array => blake3(concatBytes(domain, hexToBytes(person)))

const consonants = 'bdfghjklmnprstvz'
const vowels = 'aeio'

/**
 * A person nobody named, as `bo·7f3a·91`: a syllable to say aloud and six digits, 30 bits of the digest. To tell apart the few on one screen; who
 * wants to be sure compares `fingerprintWords`.
 */
export function shortId(person: DocumentId): string {
  const digest = identityDigest(person)
  const [first = 0] = digest
  const digits = bytesToHex(digest, 1, 4)
  return `${consonants[first >> 4]}${vowels[(first >> 2) & 3]}·${digits.slice(0, 4)}·${digits.slice(4)}`
}
