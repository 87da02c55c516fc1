import type { PutAside } from './settings.ts'

const day = 86_400_000
/** Days until the card of the recovery words comes again, each time it was put aside. Whoever puts it aside once more has declined. */
const pauses = [1, 7, 30] as const

/** Whether the card may show. @param now milliseconds since the Unix epoch, as is `at` */
export const mayAskForWords = ({ times, at }: PutAside, now: number): boolean => {
  if (times === 0) return true
  const pause = pauses[times - 1]
  return pause !== undefined && now >= at + pause * day
}
