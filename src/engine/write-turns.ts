import type { PublicKey } from '../core/ids.ts'
import type { Locks } from '../ports/locks.ts'

/** The next free log id of each key. */
export type NextLogIds = ReadonlyMap<PublicKey, bigint>

/** The batch before this one, under the same locks. Neither promise rejects. */
export interface Before {
  /** Once it is signed: the log ids it left free. `undefined`: it will not say. */
  readonly signed: Promise<NextLogIds | undefined>
  /** Once it is over: whether it was stored, and with the log ids that it had said. */
  readonly stored: Promise<boolean>
}

/** A batch's turn. It says how far it is, so that the next can be signed while it is stored. */
export interface Turn {
  readonly before: Before | undefined
  /** Counts the first time. */
  readonly isSigned: (free: NextLogIds) => void
  readonly isStored: (asSaid: boolean) => void
}

export interface WriteTurns {
  /** Runs `body` under the write locks of these keys, in key order. Rejects with `signal.reason` when aborted while waiting for them. */
  readonly take: <T>(
    publicKeys: readonly PublicKey[],
    body: (turn: Turn) => Promise<T>,
    signal: AbortSignal,
  ) => Promise<T>
}

/** Batches that follow each other under locks held once; then other tabs get their turn. */
const longestTrain = 8

/** Batches of one engine over the same keys that share their locks. */
interface Train {
  /** Once the locks are held. Rejects when the engine ends before. */
  readonly departure: Promise<void>
  length: number
  last: Before | undefined
}

/**
 * Gives out the turns to write. Batches over the same keys that are asked for before the last one ended share its locks; `Turn` lets them
 * overlap, and it is for them to see to it that they are stored in order.
 * @param life ends the waiting for locks
 */
export function createWriteTurns(locks: Locks, database: string, life: AbortSignal): WriteTurns {
  const trains = new Map<string, Train>()

  /** In key order, so that two batches over the same keys never wait for each other. */
  const lockAll = ([first, ...rest]: readonly PublicKey[], body: () => Promise<void>): Promise<void> =>
    first ? locks.hold(`takibi/${database}/write/${first}`, () => lockAll(rest, body), life) : body()

  const makeTrain = (publicKeys: readonly PublicKey[], name: string): Train => {
    let depart!: () => void
    let cancel!: (reason: unknown) => void
    const departure = new Promise<void>((resolve, reject) => ([depart, cancel] = [resolve, reject]))
    const train: Train = { departure, length: 0, last: undefined }
    const ride = async (): Promise<void> => {
      depart()
      for (let ended: Before | undefined; ended !== train.last;) {
        ended = train.last
        await ended?.stored
      }
      if (trains.get(name) === train) trains.delete(name)
    }
    lockAll(publicKeys, ride).catch(cancel)
    trains.set(name, train)
    return train
  }

  return {
    take: (publicKeys, body, signal) => {
      const sorted = [...publicKeys].sort()
      const name = sorted.join()
      const known = trains.get(name)
      const train = known && known.length < longestTrain ? known : makeTrain(sorted, name)
      const { result, step } = start(unlessAborted(train.departure, signal), body, train.last)
      train.length += 1
      train.last = step
      return result
    },
  }
}

function start<T>(
  departure: Promise<void>,
  body: (turn: Turn) => Promise<T>,
  before: Before | undefined,
): { readonly result: Promise<T>; readonly step: Before } {
  let isSigned!: (free: NextLogIds | undefined) => void
  let isOver!: (asSaid: boolean) => void
  const signed = new Promise<NextLogIds | undefined>((resolve) => (isSigned = resolve))
  const stored = new Promise<boolean>((resolve) => (isOver = resolve))
  const end = (): void => {
    isSigned(undefined)
    isOver(false)
  }
  const result = departure.then(() => body({ before, isSigned, isStored: isOver }))
  result.then(end, end)
  return { result, step: { signed, stored } }
}

const unlessAborted = (promise: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
