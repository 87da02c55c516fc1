import { bytesToHex, hexToBytes, isHex } from '../bytes/hex.ts'
import type { Candidate } from './blob.ts'

/** Addresses of candidates between their text in SDP and their bytes. */

const mdns = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\.local$/

/** `192.168.1.7` to its four bytes. */
function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isAddress = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isAddress ? Uint8Array.from(parts, Number) : undefined
}

/** Groups of a part of an IPv6 address; the last two may be written as IPv4. */
function parseGroups(text: string): Uint8Array | undefined {
  if (text === '') return new Uint8Array(0)
  const groups = text.split(':')
  const ipv4 = parseIpv4(groups.at(-1) ?? '')
  if (ipv4) groups.splice(-1, 1, bytesToHex(ipv4, 0, 2), bytesToHex(ipv4, 2, 4))
  const hex = groups.map((group) => (/^[0-9a-f]{1,4}$/.test(group) ? group.padStart(4, '0') : '?')).join('')
  return isHex(hex, groups.length * 2) ? hexToBytes(hex) : undefined
}

/** `2001:db8::7` to its 16 bytes (RFC 4291 §2.2). An address with a zone (`%`) is of one machine only and none here. */
function parseIpv6(text: string): Uint8Array | undefined {
  const [before = '', after, ...more] = text.toLowerCase().split('::')
  const head = parseGroups(before)
  const tail = parseGroups(after ?? '')
  if (!head || !tail || more.length > 0) return undefined
  const zeros = 16 - head.length - tail.length
  if (after === undefined ? zeros !== 0 : zeros < 2) return undefined
  return Uint8Array.from([...head, ...new Uint8Array(zeros), ...tail])
}

/** The address of a candidate line, or `undefined` for what a blob does not carry. */
export function parseAddress(text: string, isReflexive: boolean): Pick<Candidate, 'kind' | 'address'> | undefined {
  const uuid = mdns.exec(text)
  if (uuid) return isReflexive ? undefined : { kind: 'mdns', address: hexToBytes(uuid.slice(1).join('')) }
  const ipv4 = parseIpv4(text)
  if (ipv4) return { kind: isReflexive ? 'srflx-ipv4' : 'ipv4', address: ipv4 }
  const ipv6 = parseIpv6(text)
  return ipv6 && { kind: isReflexive ? 'srflx-ipv6' : 'ipv6', address: ipv6 }
}

/** The address as SDP writes it. IPv6 in full, eight groups. */
export function formatAddress({ kind, address }: Candidate): string {
  if (address.length === 4) return address.join('.')
  const hex = bytesToHex(address)
  if (kind !== 'mdns') return (hex.match(/.{4}/g) ?? []).join(':')
  return `${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}.local`
}
