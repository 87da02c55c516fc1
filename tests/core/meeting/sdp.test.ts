import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalBytes } from '../../../src/core/bytes/concat.ts'
import { formatAddress, parseAddress } from '../../../src/core/meeting/address.ts'
import { blobToSdp, sdpToBlob, setupOf } from '../../../src/core/meeting/sdp.ts'
import { aBlob, anyBlob, anyCandidate } from './a-code.ts'

/** As Chromium 156 writes it, gathered on one interface; the lines that matter. */
const offer = (lines: readonly string[]): string =>
  [
    'v=0',
    'o=- 6187233171843170937 2 IN IP4 127.0.0.1',
    'm=application 50361 UDP/DTLS/SCTP webrtc-datachannel',
    ...lines,
    'a=ice-ufrag:k3R+',
    'a=ice-pwd:ZIEyF4n2bcHUBoiGr5Vd9kQw',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, at) => (at * 7).toString(16).slice(-2).padStart(2, '0').toUpperCase()).join(':')}`,
    'a=setup:actpass',
    'a=mid:0',
  ].join('\r\n')
const host = (address: string, priority: number, port = 50_361): string =>
  `a=candidate:1234 1 udp ${priority} ${address} ${port} typ host generation 0 network-id 1`
const addressesOf = (sdp: string): readonly string[] => {
  const blob = sdpToBlob(sdp)
  return blob.ok ? blob.value.candidates.map((each) => `${formatAddress(each)} ${each.port}`) : []
}

describe('between SDP and blob', () => {
  test('[M4] a blob comes back from the SDP made of it', () => {
    fc.assert(
      fc.property(anyBlob, (blob) => {
        const back = sdpToBlob(blobToSdp(blob, 'active', 1))
        expect(back).toEqual({ ok: true, value: { ...blob, candidates: expect.any(Array) as unknown } })
        const hosts = blob.candidates.filter(({ kind }) => !kind.startsWith('srflx'))
        const others = blob.candidates.filter(({ kind }) => kind.startsWith('srflx'))
        expect(back.ok && back.value.candidates).toEqual([...hosts, ...others])
      }),
    )
  })

  test('[M4] no blob adds a line to the SDP', () => {
    fc.assert(
      fc.property(anyBlob, (blob) => {
        expect(blobToSdp(blob, 'passive', 1).split(/\r\n|[\r\n]/)).toHaveLength(15 + blob.candidates.length)
      }),
    )
  })

  test('[M4] what Chromium offers is read, and TCP and relays are left out', () => {
    const sdp = offer([
      host('192.168.1.7', 2_122_260_223),
      'a=candidate:2 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active',
      'a=candidate:3 1 udp 41885439 10.1.1.1 3478 typ relay raddr 0.0.0.0 rport 0',
      host('7f9f4e0c-1a45-4b1e-9a64-6a7d1c5a8d11.local', 2_122_194_687),
    ])
    expect(sdpToBlob(sdp)).toMatchObject({ value: { ...aBlob([]), candidates: expect.any(Array) as unknown } })
    expect(addressesOf(sdp)).toEqual(['192.168.1.7 50361', '7f9f4e0c-1a45-4b1e-9a64-6a7d1c5a8d11.local 50361'])
  })

  test('[M4] the best four addresses travel, and what a STUN server saw is among them', () => {
    const hosts = [1, 2, 3, 4, 5].map((n) => host(`10.0.0.${n}`, 1000 + n))
    const seen = 'a=candidate:9 1 udp 7 203.0.113.5 3478 typ srflx raddr 0.0.0.0 rport 0'
    expect(addressesOf(offer(hosts))).toEqual(['10.0.0.5', '10.0.0.4', '10.0.0.3', '10.0.0.2'].map((a) => `${a} 50361`))
    expect(addressesOf(offer([...hosts, seen])).at(-1)).toBe('203.0.113.5 3478')
  })

  test.each([
    ['ice-ufrag', /a=ice-ufrag:.*\r\n/, ''],
    ['ice-ufrag', /k3R\+/, 'k3'],
    ['ice-pwd', /ZIE/, 'Z=E'],
    ['fingerprint:sha-256', /sha-256/, 'sha-512'],
  ])('[M4] an SDP without a usable %s is refused', (missing, pattern, replacement) => {
    const sdp = offer([]).replace(pattern, replacement)
    expect(sdpToBlob(sdp)).toEqual({ ok: false, error: { code: 'meeting/sdp-unusable', missing } })
  })

  test('[M4] every address comes back from its text', () => {
    fc.assert(
      fc.property(anyCandidate, ({ kind, address, port }) => {
        const text = formatAddress({ kind, address, port })
        expect(parseAddress(text, kind.startsWith('srflx'))).toEqual({ kind, address })
      }),
    )
  })

  test.each([
    ['2001:db8::7', '2001:0db8:0000:0000:0000:0000:0000:0007'],
    ['::', '0000:0000:0000:0000:0000:0000:0000:0000'],
    ['64:FF9B::192.0.2.33', '0064:ff9b:0000:0000:0000:0000:c000:0221'],
  ])('[M4] %s is understood', (text, full) => {
    const parsed = parseAddress(text, false)
    expect(parsed && formatAddress({ ...parsed, port: 1 })).toBe(full)
  })

  test.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1:2:3',
    '::1::',
    'fe80::1%eth0',
    'example.org',
    '1::2:3:4:5:6:7:8',
  ])('[M4] %j is no address', (text) => expect(parseAddress(text, false)).toBeUndefined())

  test('[M5] of two sides exactly one begins, the one with the smaller fingerprint', () => {
    fc.assert(
      fc.property(anyBlob, anyBlob, (a, b) => {
        const parts = new Set([setupOf(a, b), setupOf(b, a)])
        expect(parts).toEqual(
          equalBytes(a.fingerprint, b.fingerprint) ? new Set([undefined]) : new Set(['active', 'passive']),
        )
      }),
    )
    expect(setupOf(aBlob([]), aBlob([]))).toBeUndefined()
  })
})
