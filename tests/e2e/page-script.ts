import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'

/** Nothing lies here on the app's host: the test answers itself. */
const place = './script/'

/** One script of this folder with all that it imports. */
async function bundle(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL(file, import.meta.url)), formats: ['es'] },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error(`Vite wrote no script for ${file}`)
  return chunk.code
}

const made = new Map<string, Promise<string>>()
const script = (file: string): Promise<string> => {
  const making = made.get(file) ?? bundle(file)
  made.set(file, making)
  return making
}

/**
 * Opens an empty page that runs one script of this folder, made here so that the test needs nothing built before. The page finds a second
 * one, for a worker, as `./worker.js`.
 */
export async function openScript(page: Page, file: string, worker?: string): Promise<void> {
  const scripts = new Map([['page.js', await script(file)]])
  if (worker !== undefined) scripts.set('worker.js', await script(worker))
  await page.route('**/script/**', (route) => {
    const body = scripts.get(new URL(route.request().url()).pathname.split('/').at(-1) ?? '')
    return body === undefined
      ? route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./page.js"></script>',
        })
      : route.fulfill({ contentType: 'text/javascript', body })
  })
  await page.goto(place)
}
