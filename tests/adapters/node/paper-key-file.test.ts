import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keysWithPaper } from '../../../src/adapters/memory/keys-with-paper.ts'
import { openMemoryStore } from '../../../src/adapters/memory/memory-store.ts'
import { openKeyFile } from '../../../src/adapters/node/key-file.ts'
import { openPaperKeyFile, openPaperKeyRow } from '../../../src/adapters/node/paper-key-file.ts'
import { paperKeyContract } from '../../contracts/paper-key.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-paper-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

paperKeyContract('a file', async () => {
  const folder = await aFolder()
  const here = async () => {
    const paper = openPaperKeyFile(join(folder, 'paper-key'))
    return { paper, keys: keysWithPaper(await openKeyFile(join(folder, 'key')), paper) }
  }
  return { ...(await here()), again: here }
})

paperKeyContract('a row', async () => {
  const store = openMemoryStore()
  const folder = await aFolder()
  const here = async () => {
    const paper = openPaperKeyRow(store)
    return { paper, keys: keysWithPaper(await openKeyFile(join(folder, 'key')), paper) }
  }
  return { ...(await here()), again: here }
})

test('[K12] only the owner of a folder may read its paper key, and confirmed it is no file any more', async () => {
  const folder = await aFolder()
  const paper = openPaperKeyFile(join(folder, 'paper-key'))
  await paper.make()
  expect((await stat(join(folder, 'paper-key'))).mode & 0o777).toBe(0o600)
  const words = await paper.words()
  await paper.confirm([2, 6, 10].map((at) => words[at]!))
  expect(await readdir(folder)).toEqual([])
})

test('[K12] a paper key that others may read, or that is none, is refused with the reason', async () => {
  const folder = await aFolder()
  const paper = openPaperKeyFile(join(folder, 'paper-key'))
  await paper.make()
  await chmod(join(folder, 'paper-key'), 0o640)
  await expect(paper.words()).rejects.toMatchObject({
    code: 'signer/paper-damaged',
    reason: expect.stringContaining('chmod'),
  })
  await writeFile(join(folder, 'other'), 'my diary', { mode: 0o600 })
  const other = openPaperKeyFile(join(folder, 'other'))
  await expect(other.make()).rejects.toMatchObject({ code: 'signer/paper-damaged' })
})

test('[K12] a row that holds something else is refused', async () => {
  const store = openMemoryStore()
  await store.commit([{ put: 'local', key: 'seed/paper', value: 'my diary' }], [])
  await expect(openPaperKeyRow(store).words()).rejects.toMatchObject({ code: 'signer/paper-damaged' })
})
