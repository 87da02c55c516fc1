import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { nip77 } from 'nostr-tools'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Item } from '../../src/sync/negentropy/item-set.ts'
import { differences, idOf } from '../sync/negentropy/any-sets.ts'

/** A peer as a program: lines in, lines out. */
interface Peer {
  readonly say: (line: string) => void
  /** The next line. */
  readonly hear: () => Promise<string>
  readonly process: ChildProcessWithoutNullStreams
}

function aPeer(items: readonly Item[], frameLimit: number): Peer {
  const program = join(import.meta.dirname, 'negentropy-peer.mjs')
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, FRAMESIZELIMIT: String(frameLimit) },
  })
  onTestFinished(() => void child.kill())
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const say = (line: string): void => void child.stdin.write(`${line}\n`)
  for (const { timestamp, id } of items) say(`item,${timestamp},${id.slice(4)}`)
  say('seal')
  return { say, hear: async () => String((await lines.next()).value), process: child }
}

const all = Array.from({ length: 700 }, (_, n): Item => ({ timestamp: BigInt(n % 90), id: idOf(`peer ${n}`) }))
const ours = all.filter((_, n) => n % 5 !== 0)
const theirs = all.filter((_, n) => n % 7 !== 0)
const expected = differences({ ours, theirs })

describe('negentropy-peer.mjs', () => {
  test.each([0, 4096])('[W10] two of it find the differences, with a frame limit of %i', async (frameLimit) => {
    const [asks, answers] = [aPeer(ours, frameLimit), aPeer(theirs, frameLimit)]
    const found = { have: [] as string[], need: [] as string[] }
    asks.say('initiate')
    for (let line = await asks.hear(); line !== 'done'; line = await asks.hear()) {
      const [kind, value = ''] = line.split(',')
      if (kind === 'have' || kind === 'need') found[kind].push(`0020${value}`)
      else {
        answers.say(line)
        asks.say(await answers.hear())
      }
    }
    expect({ have: found.have.toSorted(), need: found.need.toSorted() }).toEqual(expected)
  })

  test('[W10] it answers nostr-tools', async () => {
    const storage = new nip77.NegentropyStorageVector()
    for (const { timestamp, id } of ours) storage.insert(Number(timestamp), id.slice(4))
    storage.seal()
    const asks = new nip77.Negentropy(storage)
    const answers = aPeer(theirs, 0)
    const have: string[] = []
    const need: string[] = []
    for (let message: string | null = asks.initiate(); message !== null;) {
      answers.say(`msg,${message}`)
      message = asks.reconcile(
        (await answers.hear()).slice('msg,'.length),
        (id) => have.push(`0020${id}`),
        (id) => need.push(`0020${id}`),
      )
    }
    expect({ have: have.toSorted(), need: need.toSorted() }).toEqual(expected)
  })

  test.each(['item,5,zz', 'item,-1,00', 'msg,61ff', 'msg,7', 'hello'])('[W10] it ends at %s', async (line) => {
    const peer = aPeer([], 0)
    peer.say(line)
    const [code] = (await once(peer.process, 'exit')) as [number]
    expect(code).toBe(1)
  })
})
