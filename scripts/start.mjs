/** Serves the built app: `node scripts/start.mjs [--port 4173] [--strict] [folder]`. A taken port makes it try the next ones, unless strict. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from './static-server.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '4173' }, strict: { type: 'boolean', default: false } },
})
const folder = positionals[0] ?? 'dist/app'
const wanted = Number(values.port)

if (!existsSync(`${folder}/index.html`)) {
  console.error(`There is no app in ${folder}: run "npm run build" first.`)
  process.exit(1)
}

/** @param {number} port @returns {Promise<{ url: string }>} */
const serveFrom = async (port) => {
  try {
    return await serve({ '/': folder }, { port })
  } catch (error) {
    const isTaken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE'
    if (!isTaken || values.strict || port >= wanted + 100) throw error
    return serveFrom(port + 1)
  }
}
const { url } = await serveFrom(wanted)
console.log(`\n  Takibi is at  ${url}\n`)
