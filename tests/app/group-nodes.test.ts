import { expect, test } from 'vitest'
import { listNodes } from '../../src/app/data/group-nodes.ts'
import { groupNodes as german } from '../../src/app/messages/de/group-nodes.ts'
import { groupNodes as english } from '../../src/app/messages/en/group-nodes.ts'
import type { DocumentId, GroupNode, NodeInfo, PublicKey } from '../../src/sdk/index.ts'

const admitted = (id: string, name: string): GroupNode => ({
  id: id as DocumentId,
  publicKey: `key of ${name}` as PublicKey,
  transportKey: `door of ${name}` as PublicKey,
  address: `wss://${name}.example/sync`,
  isLive: true,
})
const chosen = (name: string): NodeInfo => ({
  address: `wss://${name}.example/sync`,
  transportKey: `door of ${name}` as PublicKey,
  isPaused: false,
  addedAt: 0,
  state: 'connected',
})

test('a node stands once, however many keepers let it in, with how this device stands with it', () => {
  const [first, second, other] = [admitted('1', 'shed'), admitted('2', 'shed'), admitted('3', 'barn')]
  expect(listNodes([first, second, other], [chosen('shed')], new Set(['key of shed']))).toEqual([
    { node: other, admissions: [other], here: undefined, hasAll: false },
    { node: first, admissions: [first, second], here: chosen('shed'), hasAll: true },
  ])
})

test('a node that answers at two addresses stands twice: each is let go by itself', () => {
  const moved = { ...admitted('2', 'shed'), address: 'wss://new.example/sync' }
  expect(listNodes([admitted('1', 'shed'), moved], [], new Set())).toHaveLength(2)
})

/** Every text by its path; functions by what they say of these. */
const texts = (value: unknown, path = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String((value as (text: string) => unknown)('shed.example'))]]
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, `${path}/${key}`))
}

test('nodes of groups are told of in both languages, in different words', () => {
  const said = new Map(texts(english))
  const other = texts(german)
  expect(other.map(([path]) => path)).toEqual([...said.keys()])
  expect(other.filter(([path, text]) => said.get(path) === text)).toEqual([])
})
