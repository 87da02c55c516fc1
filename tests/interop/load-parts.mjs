/** For programs beside the tests that run our TypeScript with plain Node, from a clone where `npm ci` has run. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '../..')

/**
 * A module of this folder as one file, bundled anew when a source of these rooms has changed. Packages stay imports.
 *
 * @param {string} file a TypeScript file beside this one
 * @param {readonly string[]} rooms the folders of `src/` that it imports from
 * @returns {Promise<unknown>}
 */
export async function loadParts(file, rooms) {
  const entry = join(import.meta.dirname, file)
  const hash = createHash('sha256')
  for (const room of rooms)
    for (const source of readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' }).sort())
      if (source.endsWith('.ts')) hash.update(source).update(readFileSync(join(root, 'src', room, source)))
  hash.update(readFileSync(entry))
  const cache = join(root, 'node_modules/.cache/takibi')
  const built = join(cache, `${basename(file, '.ts')}-${hash.digest('hex').slice(0, 16)}.mjs`)
  if (!existsSync(built)) {
    mkdirSync(cache, { recursive: true })
    const outDir = mkdtempSync(join(cache, 'building-'))
    const { build } = await import('vite')
    await build({
      configFile: false,
      root,
      logLevel: 'silent',
      publicDir: false,
      build: { ssr: entry, target: 'node20', outDir, rolldownOptions: { output: { entryFileNames: 'parts.mjs' } } },
    })
    // Several may build at once; each puts the same file into place.
    renameSync(join(outDir, 'parts.mjs'), built)
    rmSync(outDir, { recursive: true, force: true })
  }
  return import(pathToFileURL(built).href)
}
