import type { Page } from '@playwright/test'
import { bundleHeader, encodeBundleItem } from '../../src/core/bundle/bundle.ts'
import { concatBytes } from '../../src/core/bytes/concat.ts'
import { encodeVarU64 } from '../../src/core/bytes/varu64.ts'
import type { EncodedEntry, EncodedOperation } from '../../src/core/ids.ts'
import type { CheckReport, ImportReport } from '../../src/engine/api.ts'
import { aSchema, anAuthor, text, type Written } from '../engine/author.ts'
import { expect, test, type Plain } from './plain-page.ts'

/** Made before the browser starts, and sent to the page as text. */
const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const itemOf = (entry: Uint8Array, operation: Uint8Array | null): Uint8Array =>
  encodeBundleItem(entry as EncodedEntry, operation as EncodedOperation | null)
const written = (...all: readonly Written[]): readonly Uint8Array[] =>
  all.map(({ item }) => itemOf(item.entry, item.operation))
const bundle = (...items: readonly Uint8Array[]): string => encoded(concatBytes(bundleHeader, ...items))

/** An item with an operation larger than our own writer would take. */
const oversized = (entry: Uint8Array, size: number): Uint8Array => {
  const operation = new Uint8Array(size)
  const head = new DataView(new ArrayBuffer(5))
  head.setUint8(0, 0x5a)
  head.setUint32(1, size)
  const item = concatBytes(Uint8Array.of(0x82, 0x58, entry.length), entry, new Uint8Array(head.buffer), operation)
  return concatBytes(encodeVarU64(BigInt(item.length)), item)
}

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, n) => (n === (at < 0 ? bytes.length + at : at) ? byte ^ 1 : byte))

const open = (page: Page, name = 'faults'): Promise<void> =>
  page.evaluate(async (database) => {
    const plain = globalThis as unknown as Plain
    Object.assign(globalThis, { node: await plain.openNode({ name: database }) })
  }, name)
const close = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as Plain).node.close())

const importInto = (page: Page, file: string): Promise<ImportReport> =>
  page.evaluate(async (base64) => {
    const { node } = globalThis as unknown as Plain
    return node.import(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
  }, file)

/** Everything that the open node has, as a bundle. */
const exportAll = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const chunk of await (globalThis as unknown as Plain).node.export({ all: true }))
      parts.push(chunk as Uint8Array<ArrayBuffer>)
    const reader = new FileReader()
    reader.readAsDataURL(new Blob(parts))
    await new Promise((resolve) => reader.addEventListener('load', resolve))
    return (reader.result as string).replace(/^[^,]*,/, '')
  })

const check = (page: Page): Promise<CheckReport> => page.evaluate(() => (globalThis as unknown as Plain).node.verify())

const titlesOf = (page: Page, schema: string): Promise<readonly unknown[]> =>
  page.evaluate(async (id) => {
    const { node } = globalThis as unknown as Plain
    const { documents } = await node.query(id, { orderBy: ['title'], first: 100 }).once()
    return documents.map(({ fields }) => fields['title'])
  }, schema)

/** Defines a schema of one text and creates this many things of it. */
const fill = (page: Page, count: number): Promise<string> =>
  page.evaluate(async (things) => {
    const { node } = globalThis as unknown as Plain
    const { id: schema } = await node.defineSchema('thing', 'A thing', { title: 'str' })
    for (let at = 0; at < things; at += 500)
      await node.publishBatch(
        Array.from({ length: Math.min(500, things - at) }, (_, n) => ({
          action: 'create' as const,
          schema,
          fields: { title: `${at + n}` },
        })),
      )
    return schema
  }, count)

test('[E10] an import whose worker dies in the middle loses nothing, doubles nothing, and completes when it comes again', async ({
  context,
  plainPage,
}) => {
  const things = 3_000
  // With the schema, its field, and the person who wrote them.
  const [documents, entries] = [things + 2 + 5, things + 2 + 6]
  const source = await plainPage(context)
  await open(source, 'source')
  const schema = await fill(source, things)
  const file = await exportAll(source)
  await source.close()

  let stored = 0
  for (const [death, after] of [
    ['the engine worker ends', 500],
    ['the page closes', 1_500],
  ] as const) {
    const page = await plainPage(context)
    await open(page, 'target')
    const reached = page.waitForFunction('globalThis.reached')
    const outcome = page
      .evaluate(
        async ([base64, many]) => {
          const { node } = globalThis as unknown as Plain
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          const onProgress = (progress: { readonly entries: number }): void => {
            if (progress.entries >= many) Object.assign(globalThis, { reached: true })
          }
          try {
            return await node.import(bytes, { onProgress })
          } catch (thrown) {
            return (thrown as { failure: { code: string } }).failure.code
          }
        },
        [file, after] as const,
      )
      .catch(() => 'gone')
    await reached
    if (death === 'the page closes') await page.close()
    else {
      const engine = page.workers().find((worker) => worker.url().includes('engine'))
      await engine?.evaluate(() => globalThis.close())
      expect(await outcome).toBe('call/lost')
      await page.close()
    }
    const again = await plainPage(context)
    await open(again, 'target')
    const report = await check(again)
    expect(report.damaged).toEqual([])
    expect(report.entries, death).toBeGreaterThan(stored)
    expect(report.entries).toBeLessThan(entries)
    stored = report.entries
    await again.close()
  }

  const last = await plainPage(context)
  await open(last, 'target')
  expect(await importInto(last, file)).toMatchObject({
    duplicates: stored,
    stored: entries - stored,
    rejected: [],
    pending: [],
  })
  expect(await check(last)).toMatchObject({ documents, entries, damaged: [] })
  const count = await last.evaluate(
    async (id) => (await (globalThis as unknown as Plain).node.query(id, { first: 1 }).once()).totalCount,
    schema,
  )
  expect(count).toBe(things)
})

test('[E10] of a file with every kind of bad entry the good ones come in, and each bad one is listed with its reason', async ({
  context,
  plainPage,
}) => {
  const [ana, bo, cy] = [anAuthor(11), anAuthor(12), anAuthor(13)]
  const schema = aSchema(ana)
  const titled = (title: string) => ({ title: text(title) })
  const changed = (log: readonly Written[], title: string): Written =>
    bo.write(log, {
      action: 'update',
      schemaId: schema.id,
      previous: [log.at(-1)!.id],
      fields: titled(title),
    })
  const log = [bo.create(titled('first'), schema.id)]
  while (log.length < 5) log.push(changed(log, `change ${log.length}`))
  const forked = changed(log.slice(0, 2), 'forked')
  const good = ana.create(titled('good'), schema.id)
  const { entry, operation } = ana.create(titled('bad'), schema.id).item
  const unknown = aSchema(anAuthor(14))
  const early = cy.create(titled('early'), unknown.id)
  const tooLarge = 2_000_000

  const file = bundle(
    ...written(...schema.written), // 0, 1
    itemOf(entry.slice(0, 60), operation), // 2: truncated
    itemOf(flipped(entry, -1), operation), // 3: a bit of its signature
    itemOf(entry, flipped(operation!, -1)), // 4: a bit of its operation
    oversized(entry, 800_000), // 5: an operation larger than any
    concatBytes(encodeVarU64(BigInt(tooLarge)), new Uint8Array(tooLarge)), // 6: an item larger than any
    ...written(...log.toReversed()), // 7 to 11: backwards
    ...written(log[2]!, log[2]!), // 12, 13: again, twice
    ...written(forked), // 14
    ...written(early), // 15: of a schema that is not here
    ...written(good), // 16
    written(good)[0]!.slice(0, 50), // 17: cut off
  )
  const page = await plainPage(context)
  await open(page)
  const report = await importInto(page, file)
  expect(report.rejected.map(({ index, failure }) => [index, failure.code])).toEqual([
    [2, 'entry/malformed'],
    [3, 'entry/signature-invalid'],
    [4, 'payload/hash-mismatch'],
    [5, 'payload/too-large'],
    [6, 'bundle/item-too-large'],
    [17, 'bundle/cut-off'],
  ])
  const { publicKey, logId, seqNum } = forked.entry
  const [a, b] = [forked.id, log[2]!.id].sort()
  expect(report).toMatchObject({
    entries: 18,
    stored: 8,
    duplicates: 2,
    rejectedCount: 6,
    pending: [{ index: 15, id: early.id, reason: 'unknown-schema' }],
    forks: [{ publicKey, logId, seqNum, a, b }],
    isCancelled: false,
  })
  expect(await titlesOf(page, schema.id)).toEqual(['change 4', 'good'])
  expect((await check(page)).damaged).toEqual([])

  // What could not be read is shown as such, and becomes a thing when its definition comes.
  const waiting = await page.evaluate(() => (globalThis as unknown as Plain).node.inspect.pending())
  expect(waiting).toEqual([{ id: early.id, awaits: `schema:${unknown.id}` }])
  expect(await importInto(page, bundle(...written(...unknown.written)))).toMatchObject({ stored: 2, pending: [] })
  await expect.poll(() => titlesOf(page, unknown.id)).toEqual(['early'])
  expect(await page.evaluate(() => (globalThis as unknown as Plain).node.inspect.pending())).toEqual([])
})

test('[E11] a damaged document is named, the rest works, and a copy mends it', async ({ context, plainPage }) => {
  const page = await plainPage(context)
  await open(page)
  const schema = await fill(page, 3)
  const id = await page.evaluate(async (thing) => {
    const { node } = globalThis as unknown as Plain
    const { documents } = await node.query(thing, { orderBy: ['title'] }).once()
    await node.update(documents[1]!.id, { title: '1, changed' })
    return documents[1]!.id
  }, schema)
  const file = await exportAll(page)
  await close(page)
  await page.evaluate(async (documentId) => {
    const opening = indexedDB.open('takibi/faults')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const transaction = opening.result.transaction(['docs', 'meta'], 'readwrite')
    transaction.objectStore('docs').put(Uint8Array.of(1, 2, 3), [documentId, 0])
    transaction.objectStore('meta').put('broken', ['counters'])
    await new Promise((resolve) => transaction.addEventListener('complete', resolve))
    opening.result.close()
  }, id)

  await open(page)
  const damage = { code: 'store/corrupt', table: 'docs', key: id }
  expect((await check(page)).damaged).toEqual([{ table: 'docs', key: id, failure: damage }])
  expect(await titlesOf(page, schema)).toEqual(['0', '1, changed', '2'])
  const refused = await page.evaluate(async (document) => {
    const { node } = globalThis as unknown as Plain
    return node.update(document, { title: 'x' }).catch((thrown: Error) => thrown.message)
  }, id)
  expect(refused).toContain('import a copy of that document to mend it')
  await page.evaluate((thing) => (globalThis as unknown as Plain).node.create(thing, { title: '3' }), schema)

  expect(await importInto(page, file)).toMatchObject({ stored: 2, rejected: [], pending: [], forks: [] })
  expect((await check(page)).damaged).toEqual([])
  await page.evaluate(
    async (document) => (globalThis as unknown as Plain).node.update(document, { title: '1, again' }),
    id,
  )
  expect(await titlesOf(page, schema)).toEqual(['0', '1, again', '2', '3'])
  const history = await page.evaluate(
    async (document) => (await (globalThis as unknown as Plain).node.history(document).once()).changes.length,
    id,
  )
  expect(history).toBe(3)
})

test('[S16] on a full disk writing is refused with a sentence, reading goes on, and later so does writing', async ({
  context,
  plainPage,
}) => {
  const page = await plainPage(context)
  const devtools = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  // Before anything is stored: how much room is left the browser remembers for a while.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6_000_000 })
  await open(page)
  const schema = await fill(page, 20)
  const filled = await page.evaluate(async (thing) => {
    const { node } = globalThis as unknown as Plain
    // Random, since the browser's database packs what it can.
    const noise = (): string =>
      Array.from({ length: 8 }, () => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(60_000)))).join('')
    for (let n = 0; n < 100; n++) {
      try {
        await node.create(thing, { title: noise() })
      } catch (thrown) {
        const { failure, message } = thrown as Error & { readonly failure: { readonly code: string } }
        return { created: n, code: failure.code, message }
      }
    }
    return { created: 100, code: 'never full', message: '' }
  }, schema)
  expect(filled).toMatchObject({ code: 'store/full' })
  expect(filled.message).toContain('free some space')
  expect(filled.created).toBeGreaterThan(0)
  const count = () =>
    page.evaluate(
      async (id) => (await (globalThis as unknown as Plain).node.query(id, { first: 1 }).once()).totalCount,
      schema,
    )
  // A view may have found no room after its entry did: it comes with the next one that does.
  expect(await count()).toBeGreaterThanOrEqual(19 + filled.created)
  const schemaDocuments = 2
  const personDocuments = 5
  expect(await check(page)).toMatchObject({
    documents: schemaDocuments + personDocuments + 20 + filled.created,
    damaged: [],
  })

  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await page.evaluate((thing) => (globalThis as unknown as Plain).node.create(thing, { title: 'after' }), schema)
  expect(await count()).toBe(21 + filled.created)
  expect((await check(page)).damaged).toEqual([])
})

test('[S21] a tab whose database is upgraded by another says so by itself; one that stands in the way is named', async ({
  context,
  plainPage,
}) => {
  const page = await plainPage(context)
  await open(page)
  const schema = await fill(page, 1)
  await page.evaluate((id) => {
    const { node } = globalThis as unknown as Plain
    const codes: string[] = []
    node.query(id).subscribe((state) => codes.push(state.error?.failure.code ?? state.status))
    Object.assign(globalThis, { codes })
  }, schema)
  const other = await plainPage(context)
  const upgrade = (name: string, version: number, holds: boolean) =>
    other.evaluate(
      ([database, to, isHeld]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(database, to)
          opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')))
          opening.addEventListener('success', () => {
            if (!isHeld) opening.result.close()
            resolve()
          })
        }),
      [name, version, holds] as const,
    )
  await upgrade('takibi/faults', 99, false)
  await expect.poll(() => page.evaluate('codes.at(-1)')).toBe('store/closed')
  const code = await page.evaluate(async (thing) => {
    const { node } = globalThis as unknown as Plain
    return node.create(thing, { title: 'x' }).then(
      () => 'stored',
      (thrown: { failure: { code: string } }) => thrown.failure.code,
    )
  }, schema)
  expect(code).toBe('store/closed')

  await upgrade('takibi/blocked', 1, true)
  const blocked = await page.evaluate(() =>
    (globalThis as unknown as Plain).openNode({ name: 'blocked' }).catch((thrown: Error) => thrown.message),
  )
  expect(blocked).toContain('Close the other tabs of this app, then try again. [store/blocked]')
})
