import { describe, expect, test } from 'vitest'
import type { Locks } from '../../src/ports/locks.ts'

const never = new AbortController().signal
/** Lets all that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/**
 * What every lock promises (docs/spec.md, L). Two objects stand for two tabs; where only one can be, it is the same twice.
 * @param queue whether all stand in one line, or each process in its own
 */
export const locksContract = (
  adapter: string,
  open: () => readonly [Locks, Locks],
  queue: 'one' | 'each' = 'one',
): void => {
  describe(`the locks of ${adapter}`, () => {
    test('[L1] of one name one body runs at a time, in the order of asking', async () => {
      const [here, there] = open()
      const heard: string[] = []
      const body = (name: string) => async () => {
        heard.push(`${name} in`)
        await settle()
        heard.push(`${name} out`)
        return name
      }
      const all = [here, there, here].map((locks, n) => locks.hold('x', body(`${n}`), never))
      expect(await Promise.all(all)).toEqual(['0', '1', '2'])
      const order = heard.filter((line) => line.endsWith('in')).map((line) => line[0])
      expect(heard).toEqual(order.flatMap((name) => [`${name} in`, `${name} out`]))
      // 0 and 2 asked at the same place.
      expect(queue === 'one' ? order : order.filter((name) => name !== '1')).toEqual(
        queue === 'one' ? ['0', '1', '2'] : ['0', '2'],
      )
    })

    test('[L2] other names do not wait', async () => {
      const [here, there] = open()
      await here.hold('x', () => there.hold('y', async () => {}, never), never)
      expect(await here.hold('x', async () => 'free', never)).toBe('free')
    })

    test('[L3] a body that fails lets go, and its failure comes out', async () => {
      const [here, there] = open()
      const failing = here.hold('x', () => Promise.reject(new Error('oh')), never)
      await expect(failing).rejects.toThrow('oh')
      expect(await there.hold('x', async () => 'free', never)).toBe('free')
    })

    test('[L4] who is stopped while waiting never gets in, and the next one does', async () => {
      const [here, there] = open()
      const stop = new AbortController()
      let letGo = (): void => {}
      let begin = (): void => {}
      const begun = new Promise<void>((resolve) => (begin = resolve))
      const body = (): Promise<void> => {
        begin()
        return new Promise<void>((resolve) => (letGo = resolve))
      }
      const holding = here.hold('x', body, never)
      await begun
      let gotIn = false
      const waiting = there.hold(
        'x',
        async () => {
          gotIn = true
        },
        stop.signal,
      )
      const next = there.hold('x', async () => 'next', never)
      await settle()
      stop.abort(new Error('enough'))
      await expect(waiting).rejects.toThrow('enough')
      letGo()
      await holding
      expect(await next).toBe('next')
      expect(gotIn).toBe(false)
    })

    test('[L4] who was stopped before asking is told at once', async () => {
      const [here] = open()
      const stopped = AbortSignal.abort(new Error('enough'))
      await expect(here.hold('x', async () => {}, stopped)).rejects.toThrow('enough')
      expect(await here.hold('x', async () => 'free', never)).toBe('free')
    })
  })
}
