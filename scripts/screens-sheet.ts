import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'

/** Our screen beside the picture it was designed after. The design's show a group of several people, which comes later. */
const pairs = [
  ['phone-01-welcome', 'welcome-390'],
  ['phone-02-home', 'home-390'],
  ['phone-03-gallery', 'cards-390'],
  ['phone-04-document', 'thing-390'],
  ['phone-05-board', 'board-390'],
  ['phone-09-hood-night', 'hood-log-night-390'],
  ['phone-10-home-night', 'home-night-390'],
  ['phone-11-home-paper', 'home-paper-390'],
  ['phone-13-document-rtl', 'thing-rtl-390'],
  ['phone-14-table', 'table-390'],
  ['phone-15-sync', 'sync-met-390'],
  ['phone-08-invite', 'shared-390'],
  ['phone-16-new-collection', 'new-collection-390'],
  ['desk-01-home', 'home-1280'],
  ['desk-02-table', 'table-1280'],
  ['desk-03-board', 'board-1280'],
  ['desk-04-gallery-night', 'cards-night-1280'],
  ['desk-05-document', 'thing-1280'],
  ['desk-08-hood-night', 'hood-log-night-1280'],
  ['desk-09-board-paper', 'board-paper-1280'],
  ['desk-10-new-collection', 'new-collection-1280'],
  ['desk-11-welcome', 'welcome-1280'],
] as const

const data = (file: string): string =>
  `data:image/${file.endsWith('png') ? 'png' : 'jpeg'};base64,${readFileSync(file, 'base64')}`

/** Writes `sheet.png` and `README.md` beside the pictures. */
export const writeSheet = async (browser: Browser, folder: string): Promise<void> => {
  const shown = pairs.flatMap(([design, ours]) => {
    const files = [`${folder}/design/${design}.jpg`, `${folder}/${ours}.png`] as const
    return files.every(existsSync) ? [{ design, ours, files }] : []
  })
  const page = await browser.newPage({ viewport: { width: 1472, height: 800 } })
  await page.setContent(`
    <style>
      body { margin: 24px; background: #dde3d2; font: 14px sans-serif; color: #1a241e }
      body { display: grid; grid-template-columns: repeat(4, 338px); gap: 28px 24px; align-items: start }
      figure { margin: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 8px }
      figcaption { grid-column: 1 / -1 }
      .phone img { width: 165px; height: 357px }
      .desk { grid-column: span 2 }
      .desk img { width: 346px; height: 216px }
      img { border-radius: 8px; object-fit: cover; object-position: top }
    </style>
    ${shown
      .map(
        ({ design, ours, files }) =>
          `<figure class="${design.startsWith('phone') ? 'phone' : 'desk'}"><figcaption>${ours} (left: design)</figcaption>${files
            .map((file) => `<img src="${data(file)}">`)
            .join('')}</figure>`,
      )
      .join('')}`)
  await page.screenshot({ path: `${folder}/sheet.png`, fullPage: true })
  await page.close()

  const names = [
    ...new Set(
      readdirSync(folder)
        .filter((file) => /-(390|1280)\.png$/.test(file))
        .map((file) => file.replace(/-(390|1280)\.png$/, '')),
    ),
  ]
  const row = (name: string): string =>
    `| ${name} | ![${name} on a phone](${name}-390.png) | ![${name} on a desk](${name}-1280.png) |`
  writeFileSync(
    `${folder}/README.md`,
    `# Screens

Every screen of the app as it runs, at 390 × 844 and 1280 × 800, made by \`npm run screens\` from the built app with sample data in it
(tests/sample). Names ending in night, paper, rtl and de are other looks, right to left, and German.

Ours beside the pictures it was designed after; the design shows groups of several people, which come later:

![Our screens beside the design's](sheet.png)

| | phone | desk |
|---|---|---|
${names.map(row).join('\n')}
`,
  )
}
