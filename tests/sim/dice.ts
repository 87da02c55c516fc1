import { memoryRandom } from '../../src/adapters/memory/memory-random.ts'

/** Chance that follows from one number. */
export interface Dice {
  /** 0 to `sides` − 1. */
  readonly roll: (sides: number) => number
  readonly chance: (oneIn: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  readonly shuffle: <T>(items: readonly T[]) => T[]
}

export function dice(seed: number): Dice {
  const random = memoryRandom(seed)
  const roll = (sides: number): number => new DataView(random.bytes(4).buffer).getUint32(0) % sides
  return {
    roll,
    chance: (oneIn) => roll(oneIn) === 0,
    pick: (from) => from[roll(from.length)]!,
    shuffle: (items) => {
      const left = [...items]
      for (let at = left.length - 1; at > 0; at--) {
        const other = roll(at + 1)
        const item = left[at]!
        left[at] = left[other]!
        left[other] = item
      }
      return left
    },
  }
}
