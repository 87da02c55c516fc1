import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { serve } from '../../scripts/static-server.mjs'
import { expect, test } from './fixtures.ts'

/** Without the colours that Playwright asks of everybody it starts. */
const env = { ...process.env, FORCE_COLOR: '0' }

/** Runs a program in an empty folder of its own; what it wrote. */
function run(...words: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'takibi-example-'))
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', env })
    expect(status, stderr).toBe(0)
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the example of the README keeps a shopping list under Node', () => {
  expect(run(resolve('examples/shopping.mjs'))).toBe('1 Salt\n')
})

test('the example of takibi/core signs, decodes and checks an entry', () => {
  expect(run(resolve('examples/core.mjs'))).toBe('by us, log 0, entry 1\ncreate schema_field_definition_v1\n')
})

test('the example of takibi/testing is a passing test', () => {
  expect(run('--test', resolve('examples/testing.mjs'))).toContain('# pass 1')
})

test('the built command makes and verifies a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'takibi-command-'))
  const [command, script, bundle] = [resolve('dist/node/takibi.js'), join(folder, 'script'), join(folder, 'out.takibi')]
  writeFileSync(
    script,
    [
      { key: 'ana', seed: 'a1'.repeat(32) },
      { schema: 'item', description: 'What we need', fields: { title: 'str' }, by: 'ana', as: 'item' },
      { create: 'item', fields: { title: 'Oats' }, by: 'ana' },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  expect(run(command, 'make', script, bundle)).toContain('3 entries')
  expect(run(command, 'verify', bundle)).toContain('title: "Oats"')
  rmSync(folder, { recursive: true })
})

test('a page with one script and no build keeps a list over a reload', async ({ page, watch }) => {
  const site = await serve({ '/examples/': 'examples', '/dist/sdk/': 'dist/sdk' })
  watch.home(site.url)
  try {
    await page.goto(`${site.url}examples/embed.html`)
    for (const title of ['Salt', 'Oats']) {
      await page.getByLabel('What do we need?').fill(title)
      await page.getByRole('button', { name: 'Add' }).click()
      await expect(page.getByLabel(title)).toBeVisible()
    }
    await page.getByLabel('Oats').check()
    await expect(page.getByLabel('Oats')).toBeEnabled()
    await page.reload()
    await expect(page.getByRole('listitem')).toHaveText(['Oats', 'Salt'])
    await expect(page.getByLabel('Oats')).toBeChecked()
    await expect(page.getByLabel('Salt')).not.toBeChecked()
  } finally {
    await site.stop()
  }
})

test('the React example writes, shows, opens, changes and removes notes by every hook', async ({ page, watch }) => {
  const outDir = mkdtempSync(join(tmpdir(), 'takibi-react-notes-'))
  await build({
    root: 'examples/react-notes',
    configFile: false,
    base: './',
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  })
  const site = await serve({ '/': outDir })
  watch.home(site.url)
  try {
    await page.goto(site.url)
    for (const text of ['Feed the cat', 'Call Ana']) {
      await page.getByLabel('A note').fill(text)
      await page.getByRole('button', { name: 'Keep' }).click()
      await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible()
    }
    const notes = page.locator('#notes > ul > li')
    await expect(notes.first()).toContainText('Call Ana')
    await expect(page.getByRole('status')).toHaveText('Notes: 2')
    await expect(page.getByText('1 version of the schema')).toBeVisible()

    await notes.first().getByRole('button', { name: 'Open' }).click()
    const note = page.getByRole('region', { name: 'Note' })
    await note.getByRole('button', { name: 'Louder' }).click()
    await expect(note.getByRole('paragraph')).toHaveText('Call Ana!')
    await expect(note.getByRole('listitem')).toHaveText(['create Call Ana', 'update Call Ana!'])

    await notes.filter({ hasText: 'Feed the cat' }).getByRole('button', { name: 'Remove' }).click()
    await expect(notes).toHaveCount(1)
    await expect(page.getByRole('status')).toHaveText('Notes: 1')
  } finally {
    await site.stop()
    rmSync(outDir, { recursive: true })
  }
})
