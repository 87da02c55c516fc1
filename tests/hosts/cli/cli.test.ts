import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aFolder, shoppingScript, takibi } from './a-terminal.ts'

/** The script of the fixtures and more lines, made into a bundle. */
async function aBundle(...more: readonly object[]): Promise<{ readonly folder: string; readonly bundle: string }> {
  const folder = await aFolder()
  const script = join(folder, 'script.jsonl')
  const bundle = join(folder, 'made.takibi')
  await writeFile(script, [shoppingScript, ...more.map((step) => JSON.stringify(step))].join('\n'))
  const made = await takibi('make', script, bundle)
  expect(made).toMatchObject({ code: 0, err: '' })
  return { folder, bundle }
}
const json = (text: string): any => JSON.parse(text)

describe('takibi make', () => {
  test('gives the same bytes for the same script', async () => {
    const [one, two] = [await aBundle(), await aBundle()]
    expect(await readFile(one.bundle)).toEqual(await readFile(two.bundle))
  })

  test.each([
    ['{"create":"item"', 'Line 1 of the script is not JSON.'],
    ['\n{"paint":"red"}', 'Line 2 of the script: it needs one of'],
    ['{"key":"ana","seed":"12"}', '"seed" must be 64 hex digits'],
    ['{"create":"item","fields":{},"by":"ana"}', 'there is no schema named "item"'],
    ['{"update":"oats","fields":{},"by":"ana","colour":1}', 'nobody knows "colour" here'],
  ])('says which line of %j it cannot follow', async (script, sentence) => {
    const folder = await aFolder()
    await writeFile(join(folder, 'script'), script)
    const made = await takibi('make', join(folder, 'script'), join(folder, 'out'))
    expect(made).toMatchObject({ code: 2, out: '' })
    expect(made.err).toContain(sentence)
    expect(await readdir(folder)).toEqual(['script'])
  })

  test('refuses fields that are not those of the schema, in the words of the library', async () => {
    const folder = await aFolder()
    const line = JSON.stringify({ create: 'item', fields: { title: 1, amount: 1, photo: '' }, by: 'ana' })
    await writeFile(join(folder, 'script'), `${shoppingScript}\n${line}`)
    const made = await takibi('make', join(folder, 'script'), join(folder, 'out'))
    expect(made.code).toBe(2)
    expect(made.err).toMatch(/^Line 9 of the script: .*title/)
  })
})

describe('takibi verify', () => {
  test('tells of entries and documents in the documented shape', async () => {
    const { bundle } = await aBundle()
    const verified = await takibi('verify', bundle, '--json')
    expect(verified).toMatchObject({ code: 0, err: '' })
    const found = json(verified.out)
    expect(Object.keys(found)).toEqual(['entries', 'stored', 'duplicates', 'pending', 'rejected', 'forks', 'documents'])
    expect(found).toMatchObject({ entries: 9, stored: 9, duplicates: 0, pending: [], rejected: [], forks: [] })
    const ids = found.documents.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(ids.toSorted())
    const items = found.documents.filter(({ schemaId }: { schemaId: string }) => schemaId.startsWith('item_'))
    expect(items).toHaveLength(2)
    expect(items).toContainEqual({
      id: expect.stringMatching(/^0020/),
      schemaId: expect.stringMatching(/^item_0020/),
      viewId: expect.stringMatching(/^0020/),
      owner: expect.stringMatching(/^[0-9a-f]{64}$/),
      deleted: false,
      edited: true,
      operations: 3,
      fields: { title: 'Oat flakes', amount: '9007199254740993', photo: 'ff00' },
    })
    expect(items).toContainEqual(expect.objectContaining({ deleted: true, operations: 2, fields: null }))
  })

  test('counts a file given twice as duplicates', async () => {
    const { bundle } = await aBundle()
    const verified = await takibi('verify', bundle, bundle, '--json')
    expect(json(verified.out)).toMatchObject({ entries: 18, stored: 9, duplicates: 9 })
    expect(verified.code).toBe(0)
  })

  test('names a fork by both of its entries, and nothing else for it', async () => {
    const { bundle } = await aBundle({ fork: 'more', fields: { amount: 5 } })
    const verified = await takibi('verify', bundle, '--json')
    const { forks, rejected } = json(verified.out)
    expect(verified.code).toBe(1)
    expect(rejected).toEqual([])
    expect(forks).toEqual([
      {
        publicKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        logId: 0,
        seqNum: 1,
        a: expect.stringMatching(/^0020/),
        b: expect.stringMatching(/^0020/),
      },
    ])
    expect(forks[0].a < forks[0].b).toBe(true)
  })

  test('refuses a last item that is cut, and keeps what came before', async () => {
    const { bundle } = await aBundle()
    const bytes = await readFile(bundle)
    await writeFile(bundle, bytes.subarray(0, bytes.length - 3))
    const verified = await takibi('verify', bundle, '--json')
    expect(verified.code).toBe(1)
    expect(json(verified.out)).toMatchObject({
      stored: 8,
      rejected: [{ index: 8, code: 'bundle/cut-off', message: expect.stringContaining('item 8') }],
    })
  })

  test('lists documents of an unknown schema without fields', async () => {
    const { bundle } = await aBundle()
    const bytes = await readFile(bundle)
    // The header, then the items without the definition of the schema, which is the fourth.
    const starts: number[] = []
    for (let at = 8; at < bytes.length;) {
      starts.push(at)
      const [low = 0, b1 = 0, b2 = 0] = bytes.subarray(at)
      at += low <= 247 ? low + 1 : low === 248 ? b1 + 2 : b1 * 256 + b2 + 3
    }
    await writeFile(bundle, Buffer.concat([bytes.subarray(0, starts[3]), bytes.subarray(starts[4])]))
    const verified = await takibi('verify', bundle, '--json')
    const found = json(verified.out)
    expect(verified.code).toBe(0)
    expect(found.documents.filter(({ fields }: { fields: unknown }) => fields === null)).toHaveLength(2)
    expect(found.pending.map(({ reason }: { reason: string }) => reason)).toContain('unknown-schema')
  })

  test('says it in words too', async () => {
    const { bundle } = await aBundle({ fork: 'more', fields: { amount: 5 } })
    const { out } = await takibi('verify', bundle)
    expect(out).toContain('10 entries, 9 stored')
    expect(out).toContain('title: "Oat flakes"')
    expect(out).toContain('signed two entries at 1 of its log 0')
  })
})

describe('takibi inspect', () => {
  test('tells of every entry and operation in words', async () => {
    const { bundle } = await aBundle()
    const { code, out } = await takibi('inspect', bundle)
    expect(code).toBe(0)
    expect(out.match(/^#\d+ {2}0020/gm)).toHaveLength(9)
    expect(out).toContain('CREATE  schema_field_definition_v1')
    expect(out).toMatch(/UPDATE {2}item_0020\w+\n {6}after 0020/)
    expect(out).toContain('amount: 9007199254740993')
  })

  test('shows the bytes by name with --hex, all of them', async () => {
    const { bundle } = await aBundle()
    const { out } = await takibi('inspect', bundle, '--hex')
    for (const name of ['tag', 'public key', 'log id', 'sequence number', 'backlink', 'payload hash', 'signature'])
      expect(out).toMatch(new RegExp(`^ {4}${name} +[0-9a-f]+$`, 'm'))
  })

  test('marks what is wrong with an item and goes on', async () => {
    const { bundle } = await aBundle()
    const bytes = await readFile(bundle)
    bytes[60] = bytes[60]! ^ 1
    await writeFile(bundle, bytes)
    const { code, out } = await takibi('inspect', bundle)
    expect(code).toBe(1)
    expect(out).toMatch(/ {4}! {2}.+\[entry\//)
    expect(out).toMatch(/^#8/m)
  })
})

describe('takibi import and export', () => {
  test('carry everything: make, import, export, verify', async () => {
    const { folder, bundle } = await aBundle()
    const data = join(folder, 'data')
    const copy = join(folder, 'copy.takibi')
    expect(await takibi('import', bundle, '--data', data)).toMatchObject({ code: 0, err: '' })
    expect((await stat(join(data, 'key'))).mode & 0o777).toBe(0o600)
    const again = await takibi('import', bundle, '--data', data, '--json')
    expect(json(again.out)).toMatchObject({ stored: 0, duplicates: 9 })
    expect(await takibi('export', '--data', data, copy)).toMatchObject({ code: 0, err: '' })
    const [before, after] = [await takibi('verify', bundle, '--json'), await takibi('verify', copy, '--json')]
    expect(json(after.out)).toEqual(json(before.out))
  })

  test('take out one collection or one document', async () => {
    const { folder, bundle } = await aBundle()
    const data = join(folder, 'data')
    const copy = join(folder, 'copy.takibi')
    await takibi('import', bundle, '--data', data)
    const { documents } = json((await takibi('verify', bundle, '--json')).out)
    const item = documents.find(({ fields }: { fields: { title?: string } | null }) => fields?.title === 'Oat flakes')
    const one = await takibi('export', '--data', data, '--document', item.id, copy, '--json')
    expect(one).toMatchObject({ code: 0, err: '' })
    expect(json(one.out)).toMatchObject({ file: copy, leadsOut: [] })
    expect(json((await takibi('verify', copy, '--json')).out).documents).toContainEqual(item)
    expect(await takibi('export', '--data', data, '--schema', item.schemaId, copy)).toMatchObject({ code: 0 })
    expect(json((await takibi('verify', copy, '--json')).out)).toMatchObject({ entries: 9 })
  })
})

describe('used wrongly', () => {
  test.each([
    [[]],
    [['dance']],
    [['node', 'twice']],
    [['node', '--port', '70000']],
    [['node', '--log', 'loud']],
    [['node', '--data', '']],
    [['verify']],
    [['verify', '/nowhere/at-all.takibi']],
    [['verify', '/']],
    [['verify', 'x', '--loud']],
    [['import', 'x']],
    [['import', 'x', '--database', 'mysql://localhost/x']],
    [['import', 'x', '--database', 'postgres://localhost/x', '--data', 'y']],
    [['export', '--data', '/nowhere', 'out']],
    [['export', '--database', 'postgres://localhost:1/x', 'out']],
    [['export', '--data', '/nowhere', '--schema', 'no schema', 'out']],
    [['keygen', 'twice']],
  ])('%j ends with 2 and a sentence', async (words) => {
    const ran = await takibi(...words)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(/\.$/)
  })

  test('a file that is no bundle is wrong use, for verify, inspect and import', async () => {
    const folder = await aFolder()
    const file = join(folder, 'diary.txt')
    await writeFile(file, 'Dear diary, …')
    for (const words of [
      ['verify', file],
      ['inspect', file],
      ['import', file, '--data', join(folder, 'data')],
    ]) {
      const ran = await takibi(...words)
      expect(ran).toMatchObject({ code: 2, out: '' })
      expect(ran.err).toContain('takibi1')
    }
  })
})

test('takibi keygen gives a pair that belongs together, and another each time', async () => {
  const pair = json((await takibi('keygen', '--json')).out)
  expect(pair).toEqual({
    seed: expect.stringMatching(/^[0-9a-f]{64}$/),
    publicKey: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(json((await takibi('keygen', '--json')).out).seed).not.toBe(pair.seed)
})

test('whatever is done to a bundle, verify and inspect end with 0, 1 or 2, never with an exception', async () => {
  const { folder, bundle } = await aBundle()
  const good = await readFile(bundle)
  const damaged = join(folder, 'damaged.takibi')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(good.length),
      async (changes, end) => {
        const bytes = Uint8Array.from(good)
        for (const [at, byte] of changes) bytes[at] = byte
        await writeFile(damaged, bytes.subarray(0, Math.max(end, 8)))
        for (const command of ['verify', 'inspect'])
          expect([0, 1, 2]).toContain((await takibi(command, damaged, '--json')).code)
      },
    ),
    { numRuns: 40 },
  )
})
