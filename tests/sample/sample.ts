import type { BrowserContext, Page } from '@playwright/test'
import { serve } from '../../scripts/static-server.mjs'
import type { NodeOptions, TakibiNode } from '../../src/sdk/index.ts'

/** When the sample is looked at: an evening in June, Berlin time. */
const sampleNow = Date.parse('2026-06-12T19:40:00+02:00')

const library = process.env['TAKIBI_SDK'] ?? 'dist/sdk'

/** Serves the app, and beside it the library with what fills its collections, from one origin, so that both see one database. */
export const serveSample = (app: string) => serve({ '/': app, '/sample/sdk/': library, '/sample/': 'tests/sample' })

/** Makes the workers of a context believe that it is `sampleNow`, or as much earlier as the filling page asks. */
export const useSampleClock = async (context: BrowserContext): Promise<void> => {
  await context.clock.setFixedTime(sampleNow)
  await context.route('**/engine-*.js', async (route) => {
    const response = await route.fetch()
    const clock = `{
      const real = Date.now.bind(Date)
      const start = real()
      let back = 0
      new BroadcastChannel('sample-clock').addEventListener('message', ({ data }) => { back = data })
      Date.now = () => ${sampleNow} + real() - start - back
    }`
    await route.fulfill({ response, body: `${clock}\n${await response.text()}` })
  })
}

/** The collections, as somebody makes them in the app: from their templates. */
const makeCollections = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await page.getByRole('button', { name: 'Start a list' }).click()
  await page.getByRole('button', { name: /^Observations/ }).click()
  await page.getByRole('heading', { name: 'Add observation' }).waitFor()
  for (const [template, name] of [
    ['inventory', 'Inventory'],
    ['tasks', 'Build tasks'],
    ['shopping', 'Shopping'],
    ['lending', 'Lending shelf'],
  ] as const) {
    await page.goto(`${url}#/g/me/c/new?from=${template}`)
    await page.reload()
    await page.getByLabel('Name of the collection').fill(name)
    await page.getByRole('button', { name: `Make “${name}”` }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  }
}

/** What `main.js` gives the filling page. */
interface Filling {
  readonly openNode: (options: NodeOptions) => Promise<TakibiNode>
  readonly fill: (node: TakibiNode, now: number) => Promise<string>
}

/** Addresses in a filled app that hold an id. */
export interface Places {
  readonly collection: (name: string) => string
  readonly heron: string
  readonly earlier: string
  readonly operation: string
  readonly graph: string
}

/**
 * Fills the app with what a person might keep in it: about forty observations with photos, an inventory, a task board, a shopping list,
 * a lending shelf, and one thing with a history.
 *
 * @param url of `serveSample`
 * @returns where everything is, and all of it as a bundle, to fill another browser with at once
 */
export const fillSample = async (
  context: BrowserContext,
  url: string,
): Promise<{ readonly places: Places; readonly bundle: Buffer }> => {
  const page = await context.newPage()
  await makeCollections(page, url)
  await page.goto(`${url}sample/index.html`)
  await page.waitForFunction(() => 'fill' in globalThis)
  const { collections, heron, earlier, operation, bundle } = await page.evaluate(async (now) => {
    const { openNode, fill } = globalThis as unknown as Filling
    const node = await openNode({ legacyOpenDocuments: true })
    const thing = await fill(node, now)
    const { documents } = await node.query('takibi_collection_v1', { first: 100 }).once()
    const { changes } = await node.history(thing).once()
    const pieces: Uint8Array<ArrayBuffer>[] = []
    for await (const piece of await node.export({ all: true })) pieces.push(new Uint8Array(piece))
    await node.close()
    const reader = new FileReader()
    reader.readAsDataURL(new Blob(pieces))
    await new Promise((resolve) => reader.addEventListener('load', resolve))
    return {
      bundle: (reader.result as string).split(',')[1] ?? '',
      collections: documents.map(({ id, fields }) => [String(fields['name']), id] as const),
      heron: thing,
      earlier: changes[2]?.viewId ?? '',
      operation: changes.at(-1)?.operationId ?? '',
    }
  }, sampleNow)
  await page.close()
  const places: Places = {
    collection: (name) => `#/g/me/c/${collections.find(([candidate]) => candidate === name)?.[1]}`,
    heron: `#/g/me/d/${heron}`,
    earlier: `#/g/me/d/${heron}?at=${earlier}`,
    operation: `#/hood/op/${operation}`,
    graph: `#/hood/doc/${heron}`,
  }
  return { places, bundle: Buffer.from(bundle, 'base64') }
}

/** Takes the sample into an app that holds nothing yet, as somebody does who was handed the file. */
export const importSample = async (page: Page, bundle: Buffer): Promise<void> => {
  await page
    .getByTestId('import')
    .setInputFiles({ name: 'sample.takibi', mimeType: 'application/octet-stream', buffer: bundle })
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.getByRole('heading', { name: 'Your collections' }).waitFor()
}

/** Chooses a look and a language as another tab would: the page follows at once, and what is opened later too. */
export const choose = (
  page: Page,
  look: 'morning' | 'night' | 'paper',
  language: 'en' | 'de' = 'en',
): Promise<unknown> =>
  page.evaluate(
    ([chosen, spoken]) => {
      const state = { look: chosen, language: spoken, textSize: 1, keys: true, dismissed: [], exportedAt: 0 }
      localStorage.setItem('takibi/settings', JSON.stringify({ state, version: 1 }))
      dispatchEvent(new StorageEvent('storage', { key: 'takibi/settings' }))
    },
    [look, language] as const,
  )
