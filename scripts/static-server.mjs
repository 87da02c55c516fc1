import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const types = /** @type {Record<string, string>} */ ({
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
})

/**
 * Reads a `_headers` file: a line with a path (`*` at its end for all below it), then indented `Name: value` lines.
 * @param {string} folder
 * @returns {(path: string) => Record<string, string>} the headers of a path; later lines win
 */
const headerRules = (folder) => {
  const file = join(folder, '_headers')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  /** @type {{ start: string, headers: Record<string, string> }[]} */
  const rules = []
  for (const line of lines) {
    const [, name, value] = /^\s+([^:]+): (.+)$/.exec(line) ?? []
    const rule = rules.at(-1)
    if (name && value && rule) rule.headers[name] = value
    else rules.push({ start: line.trim().replace(/\*$/, ''), headers: {} })
  }
  return (path) => Object.assign({}, ...rules.filter(({ start }) => path.startsWith(start)).map((rule) => rule.headers))
}

/**
 * Finds the file of a path inside a folder; never one outside of it.
 * @param {string} folder
 * @param {string} path
 */
const fileOf = (folder, path) => {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path))
  if (!file.startsWith(normalize(folder) + sep) || file.includes('\0')) return undefined
  return existsSync(file) && statSync(file).isFile() ? file : undefined
}

/**
 * Serves built files as a static host does, with the headers their `_headers` file asks for.
 *
 * @param {Record<string, string>} folders folder by URL prefix: `{ '/': 'dist/app' }`; the longest prefix wins
 * @param {{ port?: number, host?: string }} [where] port 0, the default, is any free one
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} rejects with `EADDRINUSE` when the port is taken
 */
export const serve = (folders, { port = 0, host = 'localhost' } = {}) => {
  const mounts = Object.entries(folders)
    .map(([prefix, folder]) => ({ prefix, folder, headersOf: headerRules(folder) }))
    .sort((a, b) => b.prefix.length - a.prefix.length)

  const server = createServer((request, response) => {
    const path = pathOf(request.url)
    const mount = mounts.find(({ prefix }) => path?.startsWith(prefix))
    const inside = mount && path ? path.slice(mount.prefix.length - 1) : '/'
    const file = mount && fileOf(mount.folder, inside)
    if (!mount || !file || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.\n')
      return
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      'Content-Length': statSync(file).size,
      ...mount.headersOf(inside),
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).pipe(response)
  })

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address ? address.port : port
      const stop = () =>
        /** @type {Promise<void>} */ (
          new Promise((stopped) => {
            server.close(() => stopped())
            server.closeAllConnections()
          })
        )
      resolve({ url: `http://${host}:${bound}/`, stop })
    })
  })
}

/** @param {string | undefined} url */
const pathOf = (url = '/') => {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname)
  } catch {
    return undefined
  }
}
