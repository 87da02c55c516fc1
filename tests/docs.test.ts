import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const read = (file: string): string => readFileSync(file, 'utf8')
const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)
const unique = (items: readonly string[]): readonly string[] => [...new Set(items)].sort()

const testFiles = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('tests', file))

describe('docs/spec.md', () => {
  const listed = matches(read('docs/spec.md'), /^\| ([A-Z]{1,3}\d+) \|/gm)
  const proved = unique(testFiles.flatMap((file) => matches(read(file), /(?<=['"`]|\] )\[([A-Z]{1,3}\d+)\]/g)))

  test('lists each rule once', () => expect(unique(listed)).toEqual(listed.toSorted()))
  test('lists every rule that a test names', () => expect(proved.filter((id) => !listed.includes(id))).toEqual([]))
  test('lists no rule that no test proves', () => expect(listed.filter((id) => !proved.includes(id))).toEqual([]))
})

describe('docs/errors.md', () => {
  const listed = matches(read('docs/errors.md'), /^\| `([a-z-]+\/[a-z-]+)` \|/gm)
  const explained = matches(read('src/sdk/errors.ts'), /^ {2}'([a-z-]+\/[a-z-]+)': /gm)

  test('tells every failure code', () => expect(explained.filter((code) => !listed.includes(code))).toEqual([]))
  test('tells no code that does not exist', () =>
    expect(listed.filter((code) => !explained.includes(code))).toEqual([]))
})

describe('links', () => {
  const pages = ['README.md', 'SECURITY.md', 'bench/README.md', 'tests/vectors/README.md'].concat(
    readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join('docs', file)),
  )
  test.each(pages)('%s leads only to files that exist', (page) => {
    const targets = matches(read(page), /\]\((?!https?:|#)([^)#]+)/g)
    const known = (target: string): boolean => {
      try {
        return readdirSync(join(page, '..', target, '..')).includes(target.replace(/\/$/, '').split('/').at(-1) ?? '')
      } catch {
        return false
      }
    }
    expect(targets.filter((target) => !known(target))).toEqual([])
  })
})

test('the example in README.md is the one that the tests run', () => {
  expect(read('README.md')).toContain(read('examples/shopping.mjs'))
})
