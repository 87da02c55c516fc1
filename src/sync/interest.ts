import { blake3 as keyedBlake3 } from '@noble/hashes/blake3.js'
import { assert } from '../core/assert.ts'
import { bytesToHex } from '../core/bytes/hex.ts'
import { concatBytes } from '../core/bytes/concat.ts'
import { encodeUtf8 } from '../core/bytes/utf8.ts'
import { blake3 } from '../core/hash/blake3.ts'
import type { Side } from '../core/hello-claim.ts'
import { maxInterestTokens } from '../core/limits.ts'
import type { Interest, ScopeToken } from './messages.ts'

const tokenBytes = 16
const leastTokens = 8

/**
 * How one side names a scope on one connection: known to those who know the scope's name, noise to everybody else, another one for
 * each side and each connection (sync.md §3).
 *
 * @param side of whoever says it
 */
export function scopeToken(scope: string, handshakeHash: Uint8Array, side: Side): ScopeToken {
  const key = blake3(encodeUtf8(scope))
  return bytesToHex(keyedBlake3(concatBytes(handshakeHash, Uint8Array.of(side)), { key }), 0, tokenBytes) as ScopeToken
}

/**
 * The tokens among random ones, in an order that tells nothing: a power of two, at least 8.
 *
 * @param random bytes, from the Random port
 */
export function makeInterest(tokens: readonly ScopeToken[], random: (length: number) => Uint8Array): Interest {
  assert(tokens.length <= maxInterestTokens, `at most ${maxInterestTokens} scopes go into an Interest`)
  let size = leastTokens
  while (size < tokens.length) size *= 2
  const noise = Array.from({ length: size - tokens.length }, () => bytesToHex(random(tokenBytes)) as ScopeToken)
  return { type: 'Interest', tokens: [...tokens, ...noise].sort() }
}
