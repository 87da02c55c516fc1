import { describe, expect, test } from 'vitest'
import { entryRanges } from '../../src/app/routes/hood/entry-ranges.ts'
import { layOutGraph, tipsOf } from '../../src/app/routes/hood/graph-layout.ts'
import { operationText, shortId } from '../../src/app/routes/hood/operation-text.ts'
import { decodeEntry, decodeOperation } from '../../src/sdk/core.ts'
import type { Change } from '../../src/sdk/index.ts'
import logs from '../vectors/entry-logs.json' with { type: 'json' }

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('a vector did not decode')
  return result.value
}

describe('the bytes of an entry', () => {
  const entries = logs.logs.flatMap((log) => log.entries.map(({ entryHex }) => must(decodeEntry(bytesOf(entryHex)))))

  test('are all named, each once, in order', () => {
    for (const entry of entries) {
      let at = 0
      for (const { from, to } of entryRanges(entry)) {
        expect(from).toBe(at)
        expect(to).toBeGreaterThan(from)
        at = to
      }
      expect(at).toBe(entry.bytes.length)
    }
  })
  test('name a skip link only where there is one', () => {
    for (const entry of entries)
      expect(entryRanges(entry).some(({ part }) => part === 'skiplink')).toBe(entry.skiplink !== undefined)
  })
})

describe('the picture of a graph', () => {
  const change = (operationId: string, ...previous: string[]): Change =>
    ({ operationId, previous, action: previous.length === 0 ? 'create' : 'update', fields: {} }) as unknown as Change
  const fork = [change('a'), change('b', 'a'), change('c', 'a'), change('d', 'b', 'c')]

  test('puts what happened apart one below the other, and a merge behind both', () => {
    const { places, columns, lanes, lines } = layOutGraph(fork)
    expect(places.map(({ column, lane }) => [column, lane])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 0],
    ])
    expect([columns, lanes, lines.length]).toEqual([3, 2, 4])
  })
  test('knows the tips', () => {
    expect([...tipsOf(fork.slice(0, 3))]).toEqual(['b', 'c'])
    expect([...tipsOf(fork)]).toEqual(['d'])
  })
})

test('an operation is written out as JSON, long bytes cut', () => {
  const entry = logs.logs[0]!.entries[0]!
  const text = operationText(must(decodeOperation(bytesOf(entry.payloadHex))))
  expect(JSON.parse(text)).toMatchObject({ action: 'create' })
})

test('an id keeps its ends', () => {
  expect(shortId(`0020${'ab'.repeat(32)}`)).toBe('abab…abab')
  expect(shortId('blob_v1')).toBe('blob_v1')
})
