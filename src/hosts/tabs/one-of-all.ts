import type { Locks } from '../../ports/index.ts'

/**
 * Does something in one of all tabs that want to, the first that comes: as long as it lives and the browser has not put its page aside; then
 * another does.
 *
 * @param lock its name, the same in all
 * @param body does it until the signal says stop
 * @returns says whether the page is put aside
 */
export function inOneOfAll(
  locks: Locks,
  lock: string,
  body: (here: AbortSignal) => Promise<void>,
  life: AbortSignal,
): (isAway: boolean) => void {
  const begin = (): AbortController => {
    const left = new AbortController()
    const here = AbortSignal.any([life, left.signal])
    locks.hold(lock, () => body(here), here).catch(() => undefined)
    return left
  }
  let leaving: AbortController | undefined = begin()
  return (isAway) => {
    if (isAway) leaving?.abort()
    leaving = isAway ? undefined : (leaving ?? begin())
  }
}
