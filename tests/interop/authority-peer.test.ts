import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ask = (...lines: readonly string[]): readonly unknown[] =>
  execFileSync(process.execPath, [join(import.meta.dirname, 'authority-peer.mjs')], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)

const all = { accepted: true, A: true, C: true, U: true, D: true }
const founded = [
  { id: 'g', t: 'group', founder: null, key: 'F', log: 0, seq: 1, back: null },
  { id: 'q', t: 'req', group: 'g', key: 'F', log: 1, seq: 1, back: null },
  { id: 'm', t: 'mem', doc: 'm', group: 'g', req: 'q', f: all, key: 'F', log: 2, seq: 1, back: null },
]

test('authority-peer.mjs answers each line in order, also one that is no history', () => {
  const own = JSON.stringify({ id: 'a', ops: founded, forks: [], at: [], schemas: [] })
  const inert = JSON.stringify({ id: 'b', ops: founded.slice(0, 2), forks: [], at: [], schemas: [] })
  const group = { founder: 'k:F', levels: [['k:F', '*', 0]], members: ['k:F'], adopted: [] }
  expect(ask(own, '', '{"id":"c"}', inert)).toEqual([
    { id: 'a', groups: { g: group }, can: [['g', 'F', 4294967295, 1, '*', 'ACUD']] },
    { id: 'c', error: expect.any(String) },
    { id: 'b', groups: { g: { founder: null, levels: [], members: [], adopted: [] } }, can: [] },
  ])
})

test('authority-peer.mjs knows ranges of schemas, voided places, and forks that only others have seen', () => {
  const ops = [
    ...founded,
    { id: 'r', t: 'req', group: 'g', key: 'B', log: 0, seq: 1, back: null },
    {
      id: 'b',
      t: 'mem',
      doc: 'b',
      group: 'g',
      req: 'r',
      schema: 'wiki',
      f: { accepted: true, C: true },
      key: 'F',
      log: 3,
      seq: 1,
    },
    { id: 'u', t: 'memup', doc: 'b', prev: ['b'], f: { U: true }, key: 'F', log: 3, seq: 2, back: 'b' },
    { id: 'l', t: 'lim', mem: 'b', pk: 'B', mode: 'void', ranges: [[9, 2, 2]], key: 'F', log: 4, seq: 1 },
  ]
  const at = [1, 2].map((seq) => ['B', 9, seq])
  const asked = (forks: readonly unknown[]): string => JSON.stringify({ id: '', ops, forks, at, schemas: ['wiki'] })
  const ofB = (answer: unknown): readonly unknown[] =>
    (answer as { can: readonly (readonly unknown[])[] }).can.filter(([, key]) => key === 'B')
  expect(ask(asked([]), asked([['F', 3, 2]])).map(ofB)).toEqual([
    [
      ['g', 'B', 9, 1, 'wiki', 'CU'],
      ['g', 'B', 4294967295, 1, 'wiki', 'CU'],
    ],
    [
      ['g', 'B', 9, 1, 'wiki', 'C'],
      ['g', 'B', 4294967295, 1, 'wiki', 'C'],
    ],
  ])
})
