import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToBase64Url } from '../../../src/core/bytes/base64.ts'
import { encodeCbor } from '../../../src/core/bytes/cbor.ts'
import { bytesToHex } from '../../../src/core/bytes/hex.ts'
import type { PublicKey, SchemaId } from '../../../src/core/ids.ts'
import { isNodeAddress, type NodeAddress } from '../../../src/core/meeting/node-address.ts'
import { nodeLinkText, parseNodeLink } from '../../../src/core/meeting/node-link.ts'
import { parseShareLink, shareLinkText } from '../../../src/core/meeting/share-link.ts'

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key) => bytesToHex(key) as PublicKey)
const anyNode: fc.Arbitrary<NodeAddress> = fc.record({
  address: fc.constantFrom(
    'wss://node.example',
    'ws://localhost:2020',
    'wss://[2001:db8::7]:443/takibi',
    'ws://10.0.0.4:2020/',
  ),
  transportKey: anyKey,
})
const hash = `0020${'ab'.repeat(32)}`
const schemaId = `observation_${hash}` as SchemaId
const plainName = fc.string({ maxLength: 40 }).map((text) => text.trim())

describe('a share link', () => {
  test('[Q1] comes back as it was', () => {
    fc.assert(
      fc.property(plainName, fc.array(anyNode, { maxLength: 4 }), (name, hints) => {
        const link = { schemaId, name, hints }
        expect(parseShareLink(shareLinkText(link))).toEqual({ ok: true, value: link })
      }),
    )
  })

  test('[Q1] never throws, and accepts only what it would write itself', () => {
    const text = shareLinkText({ schemaId, name: 'Observations', hints: [] })
    const mutated = fc
      .tuple(fc.nat(text.length - 1), fc.constantFrom('A', 'z', '_', '!', '2'))
      .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          mutated,
          fc.base64String().map((end) => `2${end}`),
        ),
        (found) => {
          const link = parseShareLink(found)
          expect(link.ok ? shareLinkText(link.value) : found).toBe(found)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('[Q1] takes from a name what could disguise it, and refuses a link that has it', () => {
    const link = { schemaId, name: 'Birds\u202Egpj.exe\n', hints: [] }
    expect(parseShareLink(shareLinkText(link))).toMatchObject({ ok: true, value: { name: 'Birds gpj.exe' } })
    const hostile = `2${bytesToBase64Url(encodeCbor([schemaId, link.name, []]))}`
    expect(parseShareLink(hostile)).toMatchObject({ ok: false, error: { code: 'link/malformed' } })
  })

  const hostile = {
    'a built-in schema': ['blob_v1', 'Files', []],
    'a schema id of another spelling': [`${schemaId}_${hash}`, 'Twice', []],
    'five hints': [schemaId, 'Many', Array.from({ length: 5 }, () => ['wss://node.example', new Uint8Array(32)])],
    'an address that hides its host': [schemaId, 'Hidden', [['wss://node.example@other.example', new Uint8Array(32)]]],
    'an address that is none': [schemaId, 'Script', [['javascript:alert(1)', new Uint8Array(32)]]],
    'a key of 31 bytes': [schemaId, 'Short', [['wss://node.example', new Uint8Array(31)]]],
    'a name of a thousand characters': [schemaId, 'x'.repeat(1_000), []],
    'an item more': [schemaId, 'More', [], null],
  } as const
  test.each(Object.entries(hostile))('[Q1] is refused with %s', (_, said) => {
    const found = parseShareLink(`2${bytesToBase64Url(encodeCbor(said))}`)
    expect(found).toMatchObject({ ok: false, error: { code: 'link/malformed' } })
  })

  test('[Q1] of a newer app says so, and a megabyte is not even read', () => {
    expect(parseShareLink('7abc')).toEqual({ ok: false, error: { code: 'link/version-unsupported', version: '7' } })
    expect(parseShareLink(`2${'A'.repeat(1_000_000)}`)).toMatchObject({ ok: false, error: { code: 'link/malformed' } })
  })
})

describe("a node's link", () => {
  test('[Q2] comes back as it was', () => {
    fc.assert(
      fc.property(anyNode, fc.string({ maxLength: 60 }), (node, token) => {
        expect(parseNodeLink(nodeLinkText({ ...node, token }))).toEqual({ ok: true, value: { ...node, token } })
      }),
    )
  })

  test.each([
    ['wss://node.example', true],
    ['ws://192.168.1.20:2020', true],
    ['https://node.example', false],
    ['wss://node.example:99999999', false],
    ['wss://user:word@node.example', false],
    ['wss://node.example/?q=1', false],
    ['wss://node example', false],
    [`wss://${'a'.repeat(300)}.example`, false],
  ])('[Q2] %s may be dialled: %s', (address, may) => expect(isNodeAddress(address)).toBe(may))
})
