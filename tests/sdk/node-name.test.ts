import { expect, test } from 'vitest'
import { databaseNamed } from '../../src/sdk/node-name.ts'

test('a node has a database of its own under every name: none is what belongs to another', () => {
  const names = ['takibi', 'a', 'a/keys', 'a%2Fkeys', 'a%252Fkeys', 'ä b']
  const databases = names.map(databaseNamed)
  expect(new Set(databases).size).toBe(names.length)
  expect(databases.filter((name) => name.includes('/'))).toEqual([])
  // Those that most have stay what they were.
  expect([databaseNamed('takibi'), databaseNamed('ä b')]).toEqual(['takibi', 'ä b'])
})
