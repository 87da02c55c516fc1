import type { Clock } from '../../ports/clock.ts'

/**
 * Places of which so many are taken at once; whoever finds none waits in the order of coming, but not for ever.
 *
 * @returns what gives the place back; nothing where none came free in `patienceMs`, or the signal said stop
 */
export type Places = (patienceMs: number, signal: AbortSignal) => Promise<(() => void) | undefined>

export function createPlaces(clock: Clock, count: number): Places {
  let free = count
  const line: (() => void)[] = []
  const leave = (): void => {
    const next = line.shift()
    if (next) next()
    else free++
  }
  return async (patienceMs, signal) => {
    if (free > 0) {
      free--
      return leave
    }
    const turn = new AbortController()
    const take = (): void => turn.abort()
    line.push(take)
    await clock.sleep(patienceMs, AbortSignal.any([signal, turn.signal])).catch(() => undefined)
    if (turn.signal.aborted) return leave
    line.splice(line.indexOf(take), 1)
    return undefined
  }
}
