import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GraphNode, ancestorsOf, sortOperations } from '../../../src/core/document/graph.ts'
import { reduceDocument } from '../../../src/core/document/reduce.ts'
import type { DocumentViewId, OperationId } from '../../../src/core/ids.ts'
import vectors from '../../vectors/graph-sort.json'
import { anId } from '../operation/an-operation.ts'
import { aCreate, anUpdate } from './a-document.ts'

interface Vector {
  readonly name: string
  readonly nodes: readonly GraphNode<string>[]
  readonly viewId?: readonly string[]
  readonly graphTips?: readonly string[]
  readonly causalOrder?: readonly string[]
  readonly error?: string
}
const all = vectors.vectors as readonly Vector[]

/** The nodes themselves, or those that lie at or before the view. */
function nodesOf({ nodes, viewId }: Vector): readonly GraphNode<string>[] {
  if (viewId === undefined) return nodes
  const kept = ancestorsOf(new Map(nodes.map((node) => [node.id, node])), viewId)
  return nodes.filter(({ id }) => kept.has(id))
}

describe('causal order, on the graphs of the vectors', () => {
  test.each(all.filter(({ causalOrder }) => causalOrder))('[DO8] $name', (vector) => {
    const { sorted, pending, tips } = sortOperations(nodesOf(vector))
    expect(sorted).toEqual(vector.causalOrder)
    expect(tips).toEqual(vector.graphTips)
    expect(pending).toEqual([])
  })

  // Where the reference fails on a graph without circles, ours sorts: every operation once, after all of its previous.
  test.each(all.filter(({ error }) => error === 'CycleDetected' || error === 'MultipleRootNodes'))(
    '[D10] $name: the reference gives $error',
    (vector) => {
      const nodes = nodesOf(vector)
      const { sorted, pending } = sortOperations(nodes)
      expect([...sorted, ...pending].toSorted()).toEqual(nodes.map(({ id }) => id).toSorted())
      for (const { id, previous } of nodes.filter((node) => sorted.includes(node.id)))
        for (const before of previous ?? []) expect(sorted.indexOf(before)).toBeLessThan(sorted.indexOf(id))
      expect(pending).toEqual(vector.name === 'cycle trim' ? ['b', 'c', 'd'] : [])
    },
  )

  test.each([
    ['cycle', ['a'], ['b', 'c', 'd']],
    ['unknown previous', ['a', 'b'], ['c']],
    ['self link', ['a'], ['b']],
    ['no root', [], ['a', 'b']],
  ] as const)('[DO3] $0: what cannot be placed is pending', (name, sorted, pending) => {
    const vector = all.find((one) => one.name === name)
    expect(sortOperations(vector?.nodes ?? [])).toMatchObject({ sorted, pending })
  })

  test.each(all.filter(({ error }) => error === 'InvalidTrimNodes'))('[DV2] $name: the view is unknown', (vector) => {
    const operations = vector.nodes.map(({ id, previous = [] }) =>
      previous.length === 0
        ? aCreate(id as OperationId)
        : anUpdate(id as OperationId, previous as readonly OperationId[], {}),
    )
    expect(reduceDocument(operations, (vector.viewId ?? []).join('_') as DocumentViewId)).toMatchObject({
      ok: false,
      error: { code: 'document/view-unknown' },
    })
  })
})

/** Any graph without circles, ids in no order that means anything. */
const anyGraph = fc.array(fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 4 }), { maxLength: 40 }).map((links) =>
  [[], ...links].map((follows, i) => ({
    id: anId(i),
    previous: [...new Set(follows.map((n) => anId(n % Math.max(i, 1))))].toSorted(),
  })),
)

describe('causal order', () => {
  test('[D10] every operation comes once, after all of its previous', () => {
    fc.assert(
      fc.property(anyGraph, (nodes) => {
        const { sorted, pending } = sortOperations(nodes)
        const places = new Map(sorted.map((id, place) => [id, place]))
        expect([places.size, sorted.length, pending]).toEqual([nodes.length, nodes.length, []])
        for (const { id, previous } of nodes)
          for (const before of previous) expect(places.get(before)).toBeLessThan(places.get(id) ?? -1)
      }),
    )
  })

  test('[DO8] the order is that of walking each edge once, lowest id first', () => {
    fc.assert(
      fc.property(anyGraph, (nodes) => {
        expect(sortOperations(nodes).sorted).toEqual(walk(nodes))
      }),
    )
  })

  test('[D10] neither the order of arrival nor repetition matters', () => {
    const arrivals = anyGraph.chain((nodes) =>
      fc.tuple(fc.constant(nodes), fc.shuffledSubarray([...nodes, ...nodes], { minLength: nodes.length * 2 })),
    )
    fc.assert(
      fc.property(arrivals, ([nodes, arrived]) => {
        expect(sortOperations(arrived)).toEqual(sortOperations(nodes))
      }),
    )
  })

  test('[DO3] what waits does not disturb the others', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), (nodes, which) => {
        const missing = nodes[which % nodes.length]?.id
        const present = nodes.filter(({ id }) => id !== missing)
        const { sorted, pending } = sortOperations(present)
        const connected = present.filter(({ id }) => sorted.includes(id))
        expect(sortOperations(connected)).toMatchObject({ sorted, pending: [] })
        expect(sorted.length + pending.length).toBe(present.length)
      }),
    )
  })

  /** The rule as decisions.md 4 says it, by recursion. */
  function walk(nodes: readonly GraphNode<string>[]): readonly string[] {
    const sorted: string[] = []
    const left = new Map(nodes.map(({ id, previous = [] }) => [id, previous.length]))
    const place = (id: string): void => {
      sorted.push(id)
      const followers = nodes.filter(({ previous }) => previous?.includes(id)).map((node) => node.id)
      for (const next of followers.toSorted()) {
        left.set(next, (left.get(next) ?? 0) - 1)
        if (left.get(next) === 0) place(next)
      }
    }
    for (const { id, previous = [] } of nodes) if (previous.length === 0) place(id)
    return sorted
  }
})

describe('large documents', () => {
  type Shape = (n: number) => readonly GraphNode<string>[]
  const name = (n: number): string => n.toString(36).padStart(5, '0')
  const shapes: Readonly<Record<string, Shape>> = {
    chain: (n) => Array.from({ length: n }, (_, i) => ({ id: name(i), previous: i === 0 ? [] : [name(i - 1)] })),
    fan: (n) => Array.from({ length: n }, (_, i) => ({ id: name(i), previous: i === 0 ? [] : [name(0)] })),
    'fan that is merged': (n) => [
      ...Array.from({ length: n - 1 }, (_, i) => ({ id: name(i), previous: i === 0 ? [] : [name(0)] })),
      { id: name(n), previous: Array.from({ length: n - 2 }, (_, i) => name(i + 1)) },
    ],
    // Two writers who always know all that both wrote before.
    braid: (n) =>
      Array.from({ length: n }, (_, i) => {
        const row = Math.floor((i - 1) / 2) * 2
        return { id: name(i), previous: i === 0 ? [] : i <= 2 ? [name(0)] : [name(row - 1), name(row)] }
      }),
  }

  test.each(Object.entries(shapes))('[D10] a %s twice as long costs about twice as much', (_, shape) => {
    const small = sortOperations(shape(10_000))
    const large = sortOperations(shape(20_000).toReversed())
    expect(large.sorted).toHaveLength(20_000)
    expect(large.visits).toBeGreaterThan(20_000)
    expect(large.visits).toBeLessThanOrEqual(2.2 * small.visits)
  })

  test('[D10] a chain of 100,000 operations overflows nothing', () => {
    expect(sortOperations(shapes['chain']?.(100_000) ?? []).tips).toEqual([name(99_999)])
  })
})
