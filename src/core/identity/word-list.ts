import { wordlist } from '@scure/bip39/wordlists/english.js'

/**
 * The English list of BIP39: 2,048 words, sorted, each told by its first four letters. It weighs 8 KB packed, and so does what imports it:
 * loaded when words are shown or typed, never before.
 */
export const words: readonly string[] = wordlist

/** Bits that one word holds. */
const wordBits = 11

/** The first `count` words that these bytes spell: 11 bits each, the highest first. There have to be that many bits. */
export function spell(bytes: Uint8Array, count: number): readonly string[] {
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  const length = BigInt(bytes.length * 8)
  return Array.from({ length: count }, (_, at) => {
    const index = Number((bits >> (length - BigInt(wordBits * (at + 1)))) & 2047n)
    return words[index] as string
  })
}
