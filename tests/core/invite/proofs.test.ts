import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import type { DocumentId, PublicKey, Signature } from '../../../src/core/ids.ts'
import { isGuestProof, signGuest } from '../../../src/core/invite/guest-proof.ts'
import { inviteKeys } from '../../../src/core/invite/invite-keys.ts'
import { openKnockNote, sealKnockNote } from '../../../src/core/invite/knock-note.ts'
import { isKnockProof, signKnock } from '../../../src/core/invite/knock-proof.ts'

const secret = hexToBytes('000102030405060708090a0b0c0d0e0f')
const keys = inviteKeys(secret)
const id = (byte: string): DocumentId => `0020${byte.repeat(32)}` as DocumentId
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, bytes[at]! ^ 1)

describe('what follows from the secret of an invite', () => {
  // Made by Node's own crypto: hkdfSync('sha256', secret, '', 'takibi/invite/…/1', 32), and the Ed25519 key of that seed.
  test('[IV3] is the same everywhere', () => {
    expect(bytesToHex(keys.seed)).toBe('46a172f7b1c14de4211bb70be83c5ff29888d73f9b82df5e1868fc2abb417efc')
    expect(keys.key).toBe('b23198aca6e68aa5224b9f1f3beea11ffac3241fbf21acb236784c09696f70c1')
    expect(bytesToHex(keys.seal)).toBe('7d325155f8dc4dd99c348d8f7fdb6e9e5fa4e5d98caabe2edec6e5c97a53a5fb')
  })
})

describe('the proof of a guest', () => {
  const handshakeHash = new Uint8Array(32).fill(9)
  const proof = signGuest(keys.seed, 0, handshakeHash)
  test('[IV4] holds for its own connection and side', () => {
    expect(isGuestProof(keys.key, proof, 0, handshakeHash)).toBe(true)
  })
  test('[IV4] holds nowhere else: neither on another connection, nor sent back, nor for another invite', () => {
    expect(isGuestProof(keys.key, proof, 0, flipped(handshakeHash, 31))).toBe(false)
    expect(isGuestProof(keys.key, proof, 1, handshakeHash)).toBe(false)
    expect(isGuestProof(inviteKeys(flipped(secret, 0)).key, proof, 0, handshakeHash)).toBe(false)
  })
})

describe('the proof of a knock', () => {
  const knocker = { request: id('a1'), person: id('b2') }
  const proof = signKnock(keys.seed, knocker)
  test('[IV5] is about one request of one person', () => {
    expect(isKnockProof(keys.key, proof, knocker)).toBe(true)
    expect(isKnockProof(keys.key, proof, { ...knocker, request: id('a2') })).toBe(false)
    expect(isKnockProof(keys.key, proof, { ...knocker, person: id('b3') })).toBe(false)
    expect(isKnockProof(keys.key, proof, { request: knocker.person, person: knocker.request })).toBe(false)
  })
  test('[IV5] is none of a guest, and bytes of any length are judged', () => {
    expect(isKnockProof(keys.key, signGuest(keys.seed, 0, new Uint8Array(32)), knocker)).toBe(false)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(isKnockProof(keys.key, bytes as Signature, knocker)).toBe(false)
      }),
    )
  })
})

describe('the note in a knock', () => {
  const note = { name: 'Ravi', transportKey: 'ef'.repeat(32) as PublicKey }
  const sealed = sealKnockNote(keys.seal, new Uint8Array(24).fill(3), note)
  test('[IV6] is read by whoever has the seal, and by nobody else', () => {
    expect(openKnockNote(keys.seal, sealed)).toEqual(note)
    expect(openKnockNote(inviteKeys(flipped(secret, 3)).seal, sealed)).toBeUndefined()
  })
  test('[IV6] that was changed, cut, or is far too long is none', () => {
    for (let at = 0; at < sealed.length; at++) {
      expect(openKnockNote(keys.seal, flipped(sealed, at))).toBeUndefined()
      expect(openKnockNote(keys.seal, sealed.subarray(0, at))).toBeUndefined()
    }
    expect(openKnockNote(keys.seal, new Uint8Array(1_000_000))).toBeUndefined()
  })
  test('[IV6] gives a name that could disguise itself in plain letters', () => {
    const disguised = sealKnockNote(keys.seal, new Uint8Array(24), { ...note, name: ' Oona\u202e\n' })
    expect(openKnockNote(keys.seal, disguised)?.name).toBe('Oona')
  })
})
