import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openKeyFile } from '../../src/adapters/node/key-file.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'takibi-key-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('a key file is made once, for its owner only, and found again', async () => {
  const folder = await aFolder()
  const path = join(folder, 'data', 'key')
  const made = await (await openKeyFile(path)).publicKeys()
  expect(await (await openKeyFile(path)).publicKeys()).toEqual(made)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'data'))).toEqual(['key'])
})

test('of many who make the key at once all get the same', async () => {
  const path = join(await aFolder(), 'key')
  const opened = await Promise.all(Array.from({ length: 10 }, () => openKeyFile(path)))
  const keys = await Promise.all(opened.map((one) => one.publicKeys()))
  expect(new Set(keys.flat()).size).toBe(1)
})

test('a key file that others may read is refused with a reason', async () => {
  const path = join(await aFolder(), 'key')
  await openKeyFile(path)
  await chmod(path, 0o640)
  await expect(openKeyFile(path)).rejects.toMatchObject({
    code: 'host/key-file',
    reason: expect.stringContaining('600'),
  })
})

test('a file that is no key is refused and left as it is', async () => {
  const path = join(await aFolder(), 'key')
  await writeFile(path, 'my diary', { mode: 0o600 })
  await expect(openKeyFile(path)).rejects.toMatchObject({ code: 'host/key-file' })
  expect(await readFile(path, 'utf8')).toBe('my diary')
})
