/** Finds a QR code in a picture: by the browser's own detector where there is one, else by the library, loaded then. */
export type QrReader = (picture: ImageData) => Promise<string | undefined>

interface Detector {
  readonly detect: (picture: ImageData) => Promise<readonly { readonly rawValue: string }[]>
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector
  readonly getSupportedFormats: () => Promise<readonly string[]>
}

/** Pixels on the longer side of what is searched: a code of 60 modules has five pixels for each when it fills half of it. */
const longestSide = 640
/** Milliseconds for one frame; the next one comes soon, and a phone has other things to do. */
const timeLimit = 60

async function nativeReader(): Promise<QrReader | undefined> {
  const { BarcodeDetector } = globalThis as { readonly BarcodeDetector?: DetectorClass }
  if (!BarcodeDetector) return undefined
  const formats = await BarcodeDetector.getSupportedFormats().catch((): readonly string[] => [])
  if (!formats.includes('qr_code')) return undefined
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  return async (picture) => (await detector.detect(picture).catch(() => []))[0]?.rawValue
}

async function libraryReader(): Promise<QrReader> {
  const { default: decodeQR } = await import('qr/decode.js')
  return async ({ width, height, data }) => {
    try {
      return decodeQR({ width, height, data }, { timeLimit })
    } catch {
      return undefined // how the library says that it found none
    }
  }
}

export const openQrReader = async (): Promise<QrReader> => (await nativeReader()) ?? libraryReader()

/** Draws a picture small enough to be searched quickly. `undefined` while it has no size yet. */
export function pixelsOf(
  picture: CanvasImageSource,
  width: number,
  height: number,
  canvas: HTMLCanvasElement,
): ImageData | undefined {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || !(width > 0 && height > 0)) return undefined
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** The text of the code in a picture file, or `undefined` when there is none, or no picture. */
export async function readQrInFile(file: Blob): Promise<string | undefined> {
  const [picture, read] = await Promise.all([createImageBitmap(file).catch(() => undefined), openQrReader()])
  if (!picture) return undefined
  const pixels = pixelsOf(picture, picture.width, picture.height, document.createElement('canvas'))
  picture.close()
  return pixels && read(pixels)
}
