import { describe, expect, test } from 'vitest'
import type { DocumentId, PublicKey } from '../../../src/core/ids.ts'
import { type History, history } from './history.ts'

const belongs = (story: History, group: string, key: string) =>
  story.known().authority.belonging(group as DocumentId, key as PublicKey)

describe('what a key is to a group', () => {
  test('[R18] a member while it is accepted, readers too; then one that was; a stranger is unknown', () => {
    const story = history()
    const { id: g } = story.group('F')
    const b = story.admit('F', g, 'B', '')
    expect(['F', 'B', 'stranger'].map((key) => belongs(story, g, key))).toEqual(['member', 'member', 'unknown'])
    story.remove('F', b)
    expect(belongs(story, g, 'B')).toBe('former')
  })

  test('[R18] a device is one through its person, and was one when it is out of that', () => {
    const story = history()
    const { id: g } = story.group('F')
    const her = story.group('paper')
    story.admit('paper', her.id, 'phone', 'ACUD')
    const laptop = story.admit('paper', her.id, 'laptop', 'ACUD')
    story.admit('F', g, 'phone', 'CU', { member: her.id })
    expect(['paper', 'phone', 'laptop'].map((key) => belongs(story, g, key))).toEqual(['member', 'member', 'member'])
    story.remove('paper', laptop)
    expect(['phone', 'laptop'].map((key) => belongs(story, g, key))).toEqual(['member', 'former'])
  })

  test('[R18] asking to be let in makes nobody one', () => {
    const story = history()
    const { id: g } = story.group('F')
    story.request('B', g)
    expect(belongs(story, g, 'B')).toBe('unknown')
  })
})
