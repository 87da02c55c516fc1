/** A real PostgreSQL for tests: Debian's package, in a folder of its own, on a free port of this machine, gone afterwards. */
import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = '/usr/lib/postgresql'
const isRoot = process.getuid?.() === 0

/** The folder of the newest version's programs, if any is installed. */
const findPrograms = () => {
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** The programs, installed first where this user may. Throws one sentence otherwise. */
export const getPostgres = () => {
  const found = findPrograms()
  if (found) return found
  if (isRoot)
    for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'postgresql']])
      spawnSync('apt-get', words, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  const installed = findPrograms()
  if (installed) return installed
  throw new Error('These tests need a PostgreSQL: say "apt-get install postgresql" as root, or run them as root once.')
}

/** Words for a program as somebody who is not root, as PostgreSQL wants it. @param {string[]} words */
const asUser = (words) => (isRoot ? ['runuser', '-u', 'postgres', '--', ...words] : words)

/** @param {string[]} words */
const run = (words) => {
  const [command = '', ...rest] = asUser(words)
  const done = spawnSync(command, rest, { encoding: 'utf8', cwd: '/' })
  if (done.status !== 0) throw new Error(`${words[0]} failed: ${done.stderr || done.error?.message}`)
  return done.stdout
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Starts one. Resolves when it answers, with its URL and what ends it. */
export const startPostgres = async () => {
  const programs = getPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'takibi-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    if (isRoot) chownSync(folder, Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout), -1)
    const data = join(folder, 'data')
    run([join(programs, 'initdb'), '-D', data, '-U', 'takibi', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
    const port = await freePort()
    // Nothing of this outlives the tests, so nothing has to reach the disk.
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: folder,
      fsync: 'off',
      max_connections: 200,
    }
    const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const [command = '', ...rest] = asUser([join(programs, 'postgres'), '-D', data, ...words])
    const server = spawn(command, rest, { stdio: 'ignore', cwd: '/' })
    const ended = new Promise((resolve) => server.once('exit', resolve))
    const stop = async () => {
      // Asked by its own program: a signal to `runuser` would not reach it in the same way.
      run([join(programs, 'pg_ctl'), 'stop', '-D', data, '-m', 'immediate'])
      await ended
      remove()
    }
    for (let tries = 0; ; tries++) {
      const ready = spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)])
      if (ready.status === 0) return { url: `postgres://takibi@127.0.0.1:${port}/postgres`, stop }
      if (tries > 100 || server.exitCode !== null) throw new Error('PostgreSQL did not start.')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } catch (error) {
    remove()
    throw error
  }
}
