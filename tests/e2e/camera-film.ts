import { rename, writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

const [width, height] = [640, 480]

/** One picture in YUV 4:2:0 without colour; @param light `width` × `height` bytes, row by row */
const filmOf = (light: Buffer): Buffer => {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array(10).fill(frame),
  ])
}

/** Puts a film into its place at once: a camera opens the old one or the new one. */
const putFilm = async (path: string, film: Buffer): Promise<void> => {
  await writeFile(`${path}.part`, film)
  await rename(`${path}.part`, path)
}

/** Chromium that is told `--use-file-for-fake-video-capture=<path>` sees a grey wall the next time it opens its camera. */
export const showWall = (path: string): Promise<void> => putFilm(path, filmOf(Buffer.alloc(width * height, 128)))

/** … or the screen of another phone, held in front of it. */
export const showScreen = async (path: string, page: Page): Promise<void> => {
  const picture = await page.getByRole('region', { name: 'Your code' }).screenshot()
  const light = await page.evaluate(
    async ([base64, wide, high]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const screen = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(wide, high).getContext('2d')!
      // A camera is not held straight, nor so near that it sees nothing else.
      context.translate(wide / 2, high / 2)
      context.rotate(0.05)
      const scale = Math.min(wide / screen.width, high / screen.height)
      context.scale(scale, scale)
      context.drawImage(screen, -screen.width / 2, -screen.height / 2)
      const { data } = context.getImageData(0, 0, wide, high)
      return Array.from({ length: wide * high }, (_, at) => data[at * 4 + 1] ?? 0)
    },
    [picture.toString('base64'), width, height] as const,
  )
  await putFilm(path, filmOf(Buffer.from(light)))
}
