import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { openNode } from '../../../src/sdk/node.ts'
import { aClient } from '../../interop/a-client.ts'
import { aDatabaseUrl, breakConnections } from '../../postgres/a-database.ts'
import { aFolder, shoppingScript, takibi } from '../cli/a-terminal.ts'
import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { ask, shownAt } from './a-node.ts'

/** `takibi node` as a process of its own, once it listens. */
async function aProcess(databaseUrl: string): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const words = ['scripts/run.mjs', 'src/sdk/takibi.ts', 'node', '--port', '0', '--host', '127.0.0.1']
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface(child.stdout)) {
    const { message, url } = JSON.parse(line) as { readonly message: string; readonly url: string }
    if (message === 'listening') return { url, process: child }
  }
  throw new Error('The node ended before it listened')
}

const end = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })

test('[N11] two node processes on one database serve what either of them took, new schemas too, and end when they are asked to', async () => {
  const databaseUrl = await aDatabaseUrl()
  const [one, other] = await Promise.all([aProcess(databaseUrl), aProcess(databaseUrl)])
  const here = aClient(one)
  const there = aClient(other, here.keyPair)
  const schemaId = await here.defineSchema('thing', { title: 'str' })
  /** What a process shows in the end: what the other took is there a moment later. */
  const shows = async (node: { readonly url: string }, show: string, expected: unknown): Promise<void> => {
    const found = async (): Promise<unknown> =>
      shownAt(await ask(node, `{ found: all_${schemaId} { ${show} } }`), 'found')
    await expect.poll(found, { timeout: 10_000 }).toEqual(expected)
  }
  await shows(other, 'totalCount', { totalCount: 0 })
  const id = await here.create(schemaId, [['title', 'str', 'from here']])
  await there.update(schemaId, id, [['title', 'str', 'from there']])
  for (const node of [one, other])
    await shows(node, 'documents { fields { title } }', { documents: [{ fields: { title: 'from there' } }] })

  // Both write at once, with keys of their own: no log forks, no entry is lost.
  const writers = [one, other, one, other].map((node) => aClient(node))
  await Promise.all(
    writers.map(async (writer, n) => {
      for (let at = 0; at < 5; at++) await writer.create(schemaId, [['title', 'str', `${n}/${at}`]])
    }),
  )
  for (const node of [one, other]) await shows(node, 'totalCount', { totalCount: 21 })
  expect(await Promise.all([end(one.process), end(other.process)])).toEqual([0, 0])
})

test('[N11] what one process stores, watchers in the other hear of', async () => {
  const databaseUrl = await aDatabaseUrl()
  await using here = await openNode({ databaseUrl })
  await using there = await openNode({ databaseUrl })
  expect(there.publicKey).toBe(here.publicKey)
  const thing = await here.defineSchema('thing', 'Made by a test', { title: 'str' })
  const heard = new Promise<void>((resolve) => {
    const live = there.query(thing.id)
    live.subscribe(({ documents }) => {
      if (documents.some(({ fields }) => fields['title'] === 'news')) resolve()
    })
  })
  await here.create(thing, { title: 'news' })
  await heard
  // One key, one log after another, whichever process signs.
  await Promise.all([here, there, here, there].map((node, n) => node.create(thing, { title: `${n}` })))
  const logs = await here.inspect.logs(here.publicKey)
  expect(new Set(logs.map(({ logId }) => logId)).size).toBe(logs.length)
  expect(await there.verify()).toMatchObject({ damaged: [] })
})

test('[N11] connections that break are made anew, and nothing is lost', async () => {
  const databaseUrl = await aDatabaseUrl()
  await using here = await openNode({ databaseUrl })
  await using there = await openNode({ databaseUrl })
  const thing = await here.defineSchema('thing', 'Made by a test', { title: 'str' })
  await here.create(thing, { title: 'before' })
  await breakConnections(databaseUrl)
  const create = async (title: string): Promise<boolean> => {
    try {
      await here.create(thing, { title })
      return true
    } catch {
      return false
    }
  }
  await expect.poll(() => create('after'), { timeout: 10_000 }).toBe(true)
  const titles = async (): Promise<ReadonlySet<unknown>> => {
    const { documents } = await there.query(thing).once()
    return new Set(documents.map(({ fields }) => fields['title']))
  }
  await expect.poll(titles, { timeout: 10_000 }).toEqual(new Set(['before', 'after']))
})

test('takibi import and export work on a database as on a folder', async () => {
  const folder = await aFolder()
  const database = await aDatabaseUrl()
  const [script, bundle, copy] = ['script.jsonl', 'bundle.takibi', 'copy.takibi'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(script, shoppingScript)
  await takibi('make', script, bundle)
  expect(await takibi('import', bundle, '--database', database)).toMatchObject({ code: 0 })
  expect(await takibi('export', '--database', database, copy)).toMatchObject({ code: 0 })
  expect(JSON.parse((await takibi('verify', copy, '--json')).out)).toMatchObject({ stored: 9, rejected: [] })
})
