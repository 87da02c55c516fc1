import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '../bytes/hex.ts'
import { encodeUtf8 } from '../bytes/utf8.ts'

/** Where those meet who share something: both are 32 bytes as hex, and say nothing of what they were made from. */
export interface MeetingRoom {
  /** Told, hashed, to whoever keeps the meeting place. */
  readonly name: string
  /** Seals what is said there. It never leaves the devices. */
  readonly password: string
}

/**
 * The room of a scope: HKDF-SHA-256 of its name under `takibi/meet/1`, 32 bytes each (sync.md §7). Whoever knows the scope's name knows its
 * room, and nobody else finds either from the other.
 */
export function meetingRoomOf(scope: string): MeetingRoom {
  const bytes = hkdf(sha256, encodeUtf8(scope), undefined, encodeUtf8('takibi/meet/1'), 64)
  return { name: bytesToHex(bytes.subarray(0, 32)), password: bytesToHex(bytes.subarray(32)) }
}
