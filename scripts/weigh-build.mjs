import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** KB of JavaScript each part may weigh. A lazy part counts what it alone brings, beyond what several share. */
const budgets = { firstScreen: 150, engine: 110, signer: 15, verifier: 15, serviceWorker: 35, lazy: 25, hood: 45 }

/** @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], dynamicImports?: string[] }} Chunk */

/** @typedef {{ part: string, size: number, limit: number }} Weight KB, gzip, 1 KB = 1,024 bytes; the limit may be `Infinity` */

/** What each part of a built app weighs, and the library beside it. @param {string} app its folder @returns {readonly Weight[]} */
export function weighBuild(app) {
  const manifest = /** @type {Record<string, Chunk>} */ (
    JSON.parse(readFileSync(join(app, '.vite/manifest.json'), 'utf8'))
  )

  /** @param {string} file */
  const kilobytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1024

  /** A chunk and everything it imports at once. @param {string} key @param {Set<string>} [seen] */
  const closure = (key, seen = new Set()) => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key]?.imports ?? []) closure(next, seen)
    return seen
  }
  /** @param {Iterable<string>} keys */
  const weigh = (keys) => [...keys].reduce((sum, key) => sum + kilobytes(join(app, manifest[key]?.file ?? '')), 0)

  /** A worker is not in the manifest: follow the imports written in its file. @param {string} file @param {Set<string>} [seen] */
  const workerFiles = (file, seen = new Set()) => {
    if (seen.has(file)) return seen
    seen.add(file)
    for (const [, next = ''] of readFileSync(join(app, 'assets', file), 'utf8').matchAll(
      /(?:from|import)\s*["']\.\/([^"']+)["']/g,
    ))
      workerFiles(next, seen)
    return seen
  }
  /** @param {string} name */
  const weighWorker = (name) => {
    const file = readdirSync(join(app, 'assets')).find((each) => each.startsWith(`${name}-`) && each.endsWith('.js'))
    if (!file) throw new Error(`There is no ${name} worker in ${app}/assets`)
    return [...workerFiles(file)].reduce((sum, each) => sum + kilobytes(join(app, 'assets', each)), 0)
  }

  const chunks = Object.entries(manifest)
  const first = new Set(chunks.filter(([, chunk]) => chunk.isEntry).flatMap(([key]) => [...closure(key)]))
  const lazy = chunks
    .filter(([key, chunk]) => chunk.isDynamicEntry && chunk.file.endsWith('.js') && !first.has(key))
    .map(([key]) => ({ key, needs: new Set([...closure(key)].filter((each) => !first.has(each))) }))
  /** How many lazy parts need a chunk. @param {string} key */
  const sharers = (key) => lazy.filter(({ needs }) => needs.has(key)).length
  const shared = new Set(lazy.flatMap(({ needs }) => [...needs]).filter((key) => sharers(key) > 1))

  /** What the page loads before somebody sees the first screen: the entry, and the screen itself. @param {string} screen */
  const firstScreen = (screen) => {
    const key = lazy.find((each) => each.key.endsWith(screen))?.key
    return weigh(key ? closure(key, new Set(first)) : first)
  }

  return [
    { part: 'first screen: home', size: firstScreen('/home.tsx'), limit: budgets.firstScreen },
    { part: 'first screen: welcome', size: firstScreen('/welcome.tsx'), limit: budgets.firstScreen },
    { part: 'engine worker', size: weighWorker('engine'), limit: budgets.engine },
    { part: 'signer worker', size: weighWorker('signer'), limit: budgets.signer },
    { part: 'verifier worker', size: weighWorker('verifier'), limit: budgets.verifier },
    { part: 'service worker', size: kilobytes(join(app, 'sw.js')), limit: budgets.serviceWorker },
    ...lazy.map(({ key, needs }) => ({
      part: key,
      size: weigh([...needs].filter((each) => each === key || !shared.has(each))),
      limit: /\bhood\b/.test(key) ? budgets.hood : budgets.lazy,
    })),
    ...[...shared].map((key) => ({
      part: `shared: ${basename(manifest[key]?.file ?? key)}`,
      size: weigh([key]),
      limit: Infinity,
    })),
    ...['dist/sdk', 'dist/node'].filter(existsSync).flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.js'))
        .map((file) => ({ part: join(folder, file), size: kilobytes(join(folder, file)), limit: Infinity })),
    ),
  ]
}
