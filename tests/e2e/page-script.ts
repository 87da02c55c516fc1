import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'

/** Nothing lies here on the app's host: the test answers itself. */
const place = './script/'

/** Opens an empty page that runs one script of this folder, made here so that the test needs nothing built before. */
export async function openScript(page: Page, file: string): Promise<void> {
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
  await page.route('**/script/**', (route) =>
    route.request().url().endsWith('/page.js')
      ? route.fulfill({ contentType: 'text/javascript', body: chunk.code })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./page.js"></script>',
        }),
  )
  await page.goto(place)
}
