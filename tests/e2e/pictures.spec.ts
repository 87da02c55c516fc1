import { expect, test, type Plain } from './plain-page.ts'

/** Runs in the page: a photo as a phone takes it, 60 × 40 with its left half red, stored lying on its side, and what the camera wrote into it. */
const inPage = async (): Promise<unknown> => {
  const { openNode } = globalThis as unknown as Plain
  const node = await openNode({ name: 'pictures' })

  const canvas = new OffscreenCanvas(60, 40)
  const pencil = canvas.getContext('2d')!
  pencil.fillStyle = 'rgb(200 0 0)'
  pencil.fillRect(0, 0, 30, 40)
  pencil.fillStyle = 'rgb(0 0 200)'
  pencil.fillRect(30, 0, 30, 40)
  const plain = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer())
  // Exif with one tag, orientation 6 ("turn it clockwise"), and a remark of the camera's.
  const remark = new TextEncoder().encode('SECRET PLACE 52.5N 13.4E')
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const exif = [...new TextEncoder().encode('Exif'), 0, 0, ...tiff, ...remark]
  const segment = [0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 0xff, ...exif]
  const photo = new Blob([plain.subarray(0, 2), Uint8Array.from(segment), plain.subarray(2)], { type: 'image/jpeg' })

  const look = async (picture: Blob | undefined) => {
    if (!picture) return 'not decoded'
    const bitmap = await createImageBitmap(picture)
    const table = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    table.drawImage(bitmap, 0, 0)
    const isRed = (x: number, y: number) => (table.getImageData(x, y, 1, 1).data[0] ?? 0) > 100
    const text = new TextDecoder('latin1').decode(await picture.arrayBuffer())
    return {
      type: picture.type,
      size: [bitmap.width, bitmap.height],
      redAtTop: isRed(bitmap.width >> 1, 2),
      redAtBottom: isRed(bitmap.width >> 1, bitmap.height - 3),
      hasMetadata: text.includes('Exif') || text.includes('SECRET'),
    }
  }
  const clean = await node.blobs.cleanPicture(photo)
  const stored = await node.blobs.put(photo, { mimeType: 'image/jpeg' })
  const notes = await node.blobs.put(new Blob(['just text']), { mimeType: 'text/plain' })
  const heic = new Blob([crypto.getRandomValues(new Uint8Array(500))], { type: 'image/heic' })
  const huge = new Uint8Array(60)
  huge.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 1, 0, 0, 0, 1, 0, 0])
  const found = {
    photo: await look(photo),
    clean: await look(clean),
    thumbnail: await look(await node.blobs.thumbnail(stored, 30)),
    ofText: await look(await node.blobs.thumbnail(notes)),
    heic: await look(await node.blobs.cleanPicture(heic)),
    huge: await look(await node.blobs.cleanPicture(new Blob([huge], { type: 'image/png' }))),
    kept: (await node.blobs.file(stored)).size === photo.size,
  }
  await node.close()
  return found
}

test('a photo is turned upright, made small, and loses what the camera wrote; what cannot be decoded is said', async ({
  context,
  plainPage,
}) => {
  const page = await plainPage(context)
  const found = await page.evaluate(inPage)
  const upright = { type: 'image/jpeg', redAtTop: true, redAtBottom: false, hasMetadata: false }
  expect(found).toEqual({
    photo: expect.objectContaining({ hasMetadata: true }),
    clean: { ...upright, size: [40, 60] },
    thumbnail: { ...upright, size: [20, 30] },
    ofText: 'not decoded',
    heic: 'not decoded',
    huge: 'not decoded',
    kept: true,
  })
})
