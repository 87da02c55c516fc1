import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToBase64Url } from '../../../src/core/bytes/base64.ts'
import { type CborValue, encodeCbor } from '../../../src/core/bytes/cbor.ts'
import { bytesToHex, hexToBytes } from '../../../src/core/bytes/hex.ts'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import {
  type InviteHint,
  type InviteLink,
  inviteLinkText,
  parseInviteLink,
} from '../../../src/core/invite/invite-link.ts'
import { maxLinkBytes } from '../../../src/core/limits.ts'
import { toLinkName } from '../../../src/core/meeting/link-name.ts'

const now = 1_800_000_000
const group = `0020${'ab'.repeat(32)}` as DocumentId
const key = 'cd'.repeat(32) as PublicKey
const aLink: InviteLink = {
  secret: new Uint8Array(16).fill(7),
  group,
  name: "Oona's shed",
  inviter: 'Oona',
  colour: 'ember',
  members: 9,
  expiresAt: now + 86_400,
  hints: [{ kind: 'node', address: 'wss://node.example', transportKey: key }],
}

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytesToHex(bytes) as PublicKey)
const anyName = fc.string({ unit: 'binary', maxLength: 120 }).map(toLinkName)
const anyHint: fc.Arbitrary<InviteHint> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('node' as const, 'meet' as const, 'device' as const),
    address: fc.constantFrom('wss://node.example', 'ws://10.0.0.4:2020/', 'wss://[2001:db8::7]:443/takibi'),
    transportKey: anyKey,
  }),
  fc.record({ kind: fc.constant('device' as const), address: fc.constant(''), transportKey: anyKey }),
)
const anyLink: fc.Arbitrary<InviteLink> = fc.record({
  secret: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  group: anyKey.map((digest) => `0020${digest}` as DocumentId),
  name: anyName,
  inviter: anyName,
  colour: fc.constantFrom('', 'ember', '#c04a10'),
  members: fc.nat(),
  expiresAt: fc.integer({ min: now + 1, max: Number.MAX_SAFE_INTEGER }),
  hints: fc.array(anyHint, { maxLength: 4 }),
})

/** As somebody else might write a link. */
const written = (items: readonly CborValue[]): string => `1${bytesToBase64Url(encodeCbor(items))}`
const items = (link: InviteLink): CborValue[] => [
  link.secret,
  hexToBytes(link.group),
  link.name,
  link.inviter,
  link.colour,
  BigInt(link.members),
  BigInt(link.expiresAt),
  link.hints.map((hint) => [hint.kind, hint.address, hexToBytes(hint.transportKey)]),
]

describe('an invite link', () => {
  test('[IV1] comes back as it was, and is one text', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        const text = inviteLinkText(link)
        expect(parseInviteLink(text, now)).toEqual({ ok: true, value: link })
        expect(written(items(link))).toBe(text)
      }),
    )
  })

  test('[IV1] never throws, and accepts only what it would write itself', () => {
    const text = inviteLinkText(aLink)
    const mutated = fc
      .tuple(fc.nat(text.length - 1), fc.constantFrom('A', 'z', '_', '!', '2'))
      .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1))
    const garbage = fc.base64String().map((end) => `1${end}`)
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated, garbage), (found) => {
        const link = parseInviteLink(found, 0)
        expect(link.ok ? inviteLinkText(link.value) : found).toBe(found)
      }),
      { numRuns: 3_000 },
    )
  })

  test('[IV2] that was cut anywhere says so', () => {
    const text = inviteLinkText({ ...aLink, hints: [...aLink.hints, ...aLink.hints] })
    for (let length = 1; length < text.length; length++)
      expect(parseInviteLink(text.slice(0, length), now)).toEqual({ ok: false, error: { code: 'link/cut' } })
  })

  test('[IV2] of a newer app, nonsense and an expired one are told apart', () => {
    expect(parseInviteLink('9abc', now)).toMatchObject({ error: { code: 'link/version-unsupported', version: '9' } })
    expect(parseInviteLink('once upon a time', now)).toMatchObject({ error: { code: 'link/malformed' } })
    expect(parseInviteLink(`${inviteLinkText(aLink)}AAAA`, now)).toMatchObject({ error: { code: 'link/malformed' } })
    const expired = { ok: false, error: { code: 'link/expired', expiresAt: aLink.expiresAt } }
    expect(parseInviteLink(inviteLinkText(aLink), aLink.expiresAt)).toEqual(expired)
  })

  const hostile: Record<string, (good: CborValue[]) => CborValue[]> = {
    'a secret of 15 bytes': ([, ...rest]) => [new Uint8Array(15), ...rest],
    'a group id of another hash': ([secret, , ...rest]) => [secret!, new Uint8Array(34), ...rest],
    'a name that runs the other way': (good) => good.with(2, 'Birds\u202Egpj'),
    'an inviter of a thousand letters': (good) => good.with(3, 'x'.repeat(1_000)),
    'a colour that is a style': (good) => good.with(4, 'red;background:url(x)'),
    'fewer members than none': (good) => good.with(5, -1n),
    'a time beyond all numbers': (good) => good.with(6, 2n ** 63n),
    'five hints': (good) =>
      good.with(
        7,
        Array.from({ length: 5 }, () => ['device', '', hexToBytes(key)]),
      ),
    'a hint of no kind': (good) => good.with(7, [['carrier', 'wss://node.example', hexToBytes(key)]]),
    'a node that listens nowhere': (good) => good.with(7, [['node', '', hexToBytes(key)]]),
    'an address that hides its host': (good) => good.with(7, [['node', 'wss://known@other.example', hexToBytes(key)]]),
    'a key of 31 bytes': (good) => good.with(7, [['node', 'wss://node.example', new Uint8Array(31)]]),
    'an item more': (good) => [...good, null],
  }
  test.each(Object.entries(hostile))('[IV2] is refused with %s', (_, spoil) => {
    const found = parseInviteLink(written(spoil(items(aLink))), now)
    expect(found).toMatchObject({ ok: false, error: { code: 'link/malformed' } })
  })

  test('[IV2] of a megabyte is not even read', () => {
    expect(parseInviteLink(`1${'A'.repeat(1_000_000)}`, now)).toMatchObject({ error: { code: 'link/malformed' } })
  })

  test('[IV1] with everything as long as may be fits', () => {
    const far = {
      kind: 'node' as const,
      address: `wss://${'n'.repeat(200)}.example/${'p'.repeat(85)}`,
      transportKey: key,
    }
    const name = '🔥'.repeat(100)
    const text = inviteLinkText({ ...aLink, name, inviter: name, hints: [far, far, far, far] })
    expect(parseInviteLink(text, now)).toMatchObject({ ok: true, value: { name, hints: [far, far, far, far] } })
    expect((text.length * 3) / 4).toBeLessThanOrEqual(maxLinkBytes)
  })
})
