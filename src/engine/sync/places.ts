/**
 * Places of which so many are taken at once; whoever finds none waits in the order of coming, until the signal says stop.
 *
 * @returns what gives the place back; nothing where none came free
 */
export type Places = (signal: AbortSignal) => Promise<(() => void) | undefined>

export function createPlaces(count: number): Places {
  let free = count
  const line: (() => void)[] = []
  const leave = (): void => {
    const next = line.shift()
    if (next) next()
    else free++
  }
  return async (signal) => {
    if (signal.aborted) return undefined
    if (free > 0) {
      free--
      return leave
    }
    return new Promise((resolve) => {
      const take = (): void => {
        signal.removeEventListener('abort', giveUp)
        resolve(leave)
      }
      const giveUp = (): void => {
        line.splice(line.indexOf(take), 1)
        resolve(undefined)
      }
      line.push(take)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }
}
