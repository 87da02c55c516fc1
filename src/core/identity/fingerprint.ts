import { assert } from '../assert.ts'
import { spell } from './word-list.ts'
import { identityDigest } from './short-id.ts'
import type { DocumentId } from '../ids.ts'

/** Six words by which two people compare who a person is: the first 66 bits of its digest (identity.md §1.7). */
export const fingerprintWords = (person: DocumentId): readonly string[] => spell(identityDigest(person), 6)

/**
 * Four words that two devices show while they are linked: the first 44 bits of the name of their connection (identity.md §1.4). Equal words, equal
 * connection: nobody is in between.
 * @param handshakeHash 32 bytes
 */
export function linkWords(handshakeHash: Uint8Array): readonly string[] {
  assert(handshakeHash.length === 32, 'a connection is named by 32 bytes')
  return spell(handshakeHash, 4)
}
