import type { Broadcast, Locks } from '../../ports/index.ts'

/**
 * A board that all tabs of a database read, and on which each has one row. The row of a tab that is gone goes with it, also when the browser
 * killed it without a word: each holds a lock as long as it lives, and the others wait for it.
 */
export interface TabBoard<Row extends object> {
  /** The rows of the others. */
  readonly others: () => readonly Row[]
  /** Changes the own row; the others see it a moment later. Values are structured-cloneable. */
  readonly write: (change: Partial<Row>) => void
  /** Told of what others changed, and of the whole row of a tab that is gone. Returns the function that ends the subscription. */
  readonly subscribe: (listener: BoardListener<Row>) => () => void
}

export type BoardListener<Row> = (change: Partial<Row>, isGone: boolean) => void

export interface BoardPorts {
  readonly locks: Locks
  /** A channel for this board alone. */
  readonly broadcast: Broadcast
  readonly database: string
}

/** What is said on the channel. `isWhole`: it is all of the row. `asks`: somebody came, and wants to see all rows. */
interface Said<Row> {
  readonly tab: string
  readonly row: Partial<Row>
  readonly isWhole: boolean
  readonly asks: boolean
}

/**
 * Takes part until the signal says stop.
 *
 * @param tab a name that no other tab has
 * @param first the own row as it begins
 */
export function joinBoard<Row extends object>(
  { locks, broadcast, database }: BoardPorts,
  tab: string,
  first: Row,
  life: AbortSignal,
): TabBoard<Row> {
  const rows = new Map<string, Row>()
  const listeners = new Set<BoardListener<Row>>()
  let own = first
  let isIn = false

  const lockOf = (name: string): string => `takibi/${database}/tab/${name}`
  const tell: BoardListener<Row> = (change, isGone) => {
    for (const listener of listeners) listener(change, isGone)
  }
  const say = (row: Partial<Row>, about: { readonly isWhole: boolean; readonly asks: boolean }): void =>
    broadcast.post({ tab, row, ...about } satisfies Said<Row>)

  /** Its lock is free once it is gone. */
  const forgetAtItsEnd = async (name: string): Promise<void> => {
    await locks.hold(lockOf(name), async () => undefined, life)
    const row = rows.get(name)
    rows.delete(name)
    if (row) tell(row, true)
  }
  const stop = broadcast.subscribe((message) => {
    const { tab: name, row, isWhole, asks } = message as Said<Row>
    const known = rows.get(name)
    // Of a tab that is not known yet only the whole row says enough; it comes as the answer to our question.
    if (known) rows.set(name, { ...known, ...row })
    else if (isWhole) {
      rows.set(name, row as Row)
      forgetAtItsEnd(name).catch(() => undefined)
    } else return
    if (asks && isIn) say(own, { isWhole: true, asks: false })
    tell(row, false)
  })
  life.addEventListener('abort', stop, { once: true })

  const takePart = async (): Promise<void> => {
    // Not before the lock is held: whoever hears of this tab waits for its end at once.
    isIn = true
    say(own, { isWhole: true, asks: true })
    await new Promise<void>((resolve) => life.addEventListener('abort', () => resolve(), { once: true }))
  }
  locks.hold(lockOf(tab), takePart, life).catch(() => undefined)

  return {
    others: () => [...rows.values()],
    write: (change) => {
      own = { ...own, ...change }
      if (isIn && !life.aborted) say(change, { isWhole: false, asks: false })
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
