import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLevelDbStore } from '../../../src/adapters/node/leveldb-store.ts'
import { upgradeContract } from '../../contracts/store-upgrade.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'takibi-'))
})
afterAll(() => rm(folder, { recursive: true }))

upgradeContract(async () => {
  const pairs = JSON.parse(readFileSync('tests/fixtures/database-v1/leveldb.json', 'utf8')) as [string, string][]
  const path = join(folder, 'version-1')
  const database = new ClassicLevel<Buffer, Buffer>(path, { keyEncoding: 'buffer', valueEncoding: 'buffer' })
  for (const [key, value] of pairs) await database.put(Buffer.from(key, 'hex'), Buffer.from(value, 'hex'))
  await database.close()
  return openLevelDbStore(path)
})

test('[S22] a database of a newer app is left alone, and closed again', async () => {
  const path = join(folder, 'newer')
  const newer = await openLevelDbStore(path, { version: 2 })
  await newer[Symbol.asyncDispose]()
  const failure = { code: 'store/newer', found: 2, known: 1 }
  await expect(openLevelDbStore(path, { version: 1 })).rejects.toEqual(failure)
  await expect(openLevelDbStore(path, { version: 1 })).rejects.toEqual(failure)
})

test('[S23] a folder that somebody else has open, or that is none, is unavailable', async () => {
  const path = join(folder, 'held')
  await using holder = await openLevelDbStore(path)
  const reason = `another process has ${path} open`
  await expect(openLevelDbStore(path)).rejects.toEqual({ code: 'store/unavailable', reason })
  expect(await holder.queue(1)).toEqual([])
  await writeFile(join(folder, 'file'), 'not a folder')
  await expect(openLevelDbStore(join(folder, 'file'))).rejects.toMatchObject({ code: 'store/unavailable' })
})
