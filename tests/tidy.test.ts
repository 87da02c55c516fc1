import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

/** Who may import whom. A room may import the rooms listed, and itself. docs/architecture.md tells why. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  ports: ['core'],
  handshake: ['core'],
  sync: ['core'],
  groups: ['core'],
  engine: ['core', 'ports', 'handshake', 'sync', 'groups'],
  adapters: ['core', 'ports'],
  hosts: ['core', 'ports', 'engine', 'adapters'],
  sdk: ['core', 'ports', 'engine', 'adapters', 'hosts'],
  app: ['sdk'],
}
/** Lines a file may have before its room wants a wall. */
const lineLimit = (file: string): number => (file.startsWith('src') ? 400 : 600)

const isSource = (file: string): boolean => /\.tsx?$/.test(file) && !file.endsWith('.d.ts')
const sourcesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((file) => join(folder, file))
const room = (file: string): string => relative('src', file).split('/')[0] ?? ''
const imports = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, path = '']) =>
    join(dirname(file), path),
  )

const sources = sourcesUnder('src')

test.each(sources)('%s imports only the rooms below it', (file) => {
  const allowed = [room(file), ...(mayImport[room(file)] ?? [])]
  for (const target of imports(file))
    expect(
      allowed,
      `${file} imports ${target}, but src/${room(file)}/ may import only: ${allowed.join(', ')} (docs/architecture.md)`,
    ).toContain(room(target))
})

test.each(sources)('%s names its imports with their extension and goes through no barrel', (file) => {
  for (const target of imports(file)) {
    if (target.includes('?') || target.endsWith('.css')) continue
    expect(target, `${file} imports ${target}: write the file's name with its extension`).toMatch(/\.(ts|tsx|json)$/)
    const isOpenBarrel = ['ports', 'sdk', 'core/schema/system'].some((barrel) => target.startsWith(join('src', barrel)))
    expect(target.endsWith('index.ts') && !isOpenBarrel, `${file} imports the barrel ${target}`).toBe(false)
  }
})

test.each([...sources, ...sourcesUnder('tests'), ...sourcesUnder('bench'), ...sourcesUnder('scripts')])(
  '%s fits on a few screens',
  (file) => {
    const lines = readFileSync(file, 'utf8').split('\n').length
    expect(lines, `${file} has ${lines} lines; past ${lineLimit(file)} it wants to be two files`).toBeLessThanOrEqual(
      lineLimit(file),
    )
  },
)

test.each(sourcesUnder('tests/e2e').filter((file) => file.endsWith('.spec.ts')))(
  '%s is watched for requests that leave',
  (file) => {
    expect(readFileSync(file, 'utf8'), `${file} takes its test from fixtures.ts, not from Playwright`).not.toMatch(
      /import \{(?! type)[^}]*\btest\b[^}]*\} from '@playwright\/test'/,
    )
  },
)
