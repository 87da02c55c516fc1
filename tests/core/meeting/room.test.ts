import { hkdfSync } from 'node:crypto'
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { meetingRoomOf } from '../../../src/core/meeting/room.ts'
import { serverKind } from '../../../src/core/meeting/server-address.ts'

test('[V6] a room and its password are HKDF-SHA-256 of the name of what is shared', () => {
  assert(
    property(string({ minLength: 1 }), (scope) => {
      const { name, password } = meetingRoomOf(scope)
      // As Node's OpenSSL has it.
      const expected = Buffer.from(hkdfSync('sha256', scope, '', 'takibi/meet/1', 64)).toString('hex')
      expect(name + password).toBe(expected)
      expect(name).toHaveLength(64)
    }),
  )
})

test.each([
  ['wss://relay.example', 'relay'],
  ['ws://localhost:7777/path', 'relay'],
  ['stun:stun.example', 'stun'],
  ['stuns:stun.example:5349', 'stun'],
  ['stun:[2001:db8::1]:3478', 'stun'],
  ['turn:stun.example', undefined],
  ['stun:user@stun.example', undefined],
  ['stun:', undefined],
  ['wss://known.example@other.example', undefined],
  [`stun:${'a'.repeat(2_000)}`, undefined],
])('[V5] an address of a server for meetings is known for what it is: %s', (address, kind) => {
  expect(serverKind(address)).toBe(kind)
})
