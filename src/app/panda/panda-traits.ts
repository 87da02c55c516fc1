/** What makes one panda: read from the bytes of a public key, so that the same key has the same face on every device. */
export interface PandaTraits {
  readonly ground: string
  readonly coat: Coat
  /** Degrees the patches lean outwards. */
  readonly lean: number
  readonly ears: 'high' | 'wide' | 'round'
  readonly head: { readonly width: number; readonly height: number }
  readonly eyes: 'open' | 'calm' | 'wide'
  readonly mouth: 'smile' | 'small' | 'open' | 'flat'
  readonly hasBlush: boolean
  readonly accessory: (typeof accessories)[number]
  readonly accent: string
}
export interface Coat {
  readonly dark: string
  readonly light: string
  readonly isRed: boolean
}

export const accessories = ['none', 'leaf', 'beanie', 'flower', 'scarf', 'glasses', 'headlamp', 'bamboo'] as const

const grounds = [
  '#f3a9a0',
  '#f6b98a',
  '#f3d27e',
  '#cfe08d',
  '#a9d8a0',
  '#96d5c0',
  '#9bd0e6',
  '#a9bdf0',
  '#c9b8f2',
  '#e8b4e4',
  '#f2b3c6',
  '#d9cdb4',
]
const black = { dark: '#2b2f36', light: '#fbf8f2', isRed: false }
const coats: readonly Coat[] = [
  black,
  { dark: '#3f4155', light: '#f7f5f5', isRed: false },
  { dark: '#4a3a33', light: '#fbf5ea', isRed: false },
  { dark: '#57585c', light: '#fdfcf8', isRed: false },
  { dark: '#6b2f16', light: '#e2873f', isRed: true },
]
const accents = ['#c4502f', '#c99a1e', '#3f8a55', '#2f7bab', '#7a5bc0', '#c2437a', '#2f8f8a', '#a8632a']

/** What every document id begins with: it would give all persons the same ground and coat. */
const sameInAll = /^0020(?=[0-9a-f]{64}$)/

/** @param id hex of a public key, or a person's document id; anything shorter or other is fine and gives some panda */
export const pandaTraits = (id: string): PandaTraits => {
  const own = id.replace(sameInAll, '')
  const byte = (at: number): number => Number.parseInt(own.slice(2 * at, 2 * at + 2), 16) || 0
  const pick = <T>(at: number, from: readonly [T, ...T[]] | readonly T[]): T => from[byte(at) % from.length] as T
  return {
    ground: pick(0, grounds),
    coat: coats[Math.floor((byte(1) * coats.length) / 256)] ?? black,
    lean: 12 + (byte(2) % 5) * 7,
    ears: pick(3, ['high', 'wide', 'round']),
    head: { width: 20.5 + (byte(4) % 4), height: 18 + (byte(5) % 4) },
    eyes: pick(6, ['open', 'open', 'calm', 'wide']),
    mouth: pick(7, ['smile', 'small', 'open', 'flat']),
    hasBlush: byte(8) % 3 === 0,
    accessory: pick(9, accessories),
    accent: pick(10, accents),
  }
}
