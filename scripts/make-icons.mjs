/** Draws the PNG icons from public/icon.svg with Chromium: `node scripts/make-icons.mjs`. Its results are committed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { browserArguments, findBrowser } from './find-browser.mjs'

const ground = '#12201b'
const rounded = readFileSync('public/icon.svg', 'utf8')
const square = rounded.replace(' rx="15"', '')

/**
 * `scale`: how much of the square the drawing fills. Maskable icons keep it inside the middle 80 %, which every mask leaves.
 * @type {{ file: string, size: number, svg: string, scale: number, ground: string }[]}
 */
const icons = [
  { file: 'icon-192.png', size: 192, svg: rounded, scale: 1, ground: 'transparent' },
  { file: 'icon-512.png', size: 512, svg: rounded, scale: 1, ground: 'transparent' },
  { file: 'icon-maskable-512.png', size: 512, svg: square, scale: 0.9, ground },
  { file: 'apple-touch-icon.png', size: 180, svg: square, scale: 1, ground },
]

const executablePath = findBrowser()
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: browserArguments })
for (const { file, size, svg, scale, ground: background } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  await page.setContent(
    `<style>body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${background} } img { width: ${scale * 100}% }</style><img src="${source}">`,
  )
  writeFileSync(`public/${file}`, await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
